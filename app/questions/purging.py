"""Answers go on a date: so many days after the end as their question says."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select

from app.core.db import db
from app.questions.models import Answer, Question, QuestionSet

_AT_ONCE = 500  # rows; those who wait for a page want to write in between


def drop_due_answers(set_ids: Select[int], *, at: datetime) -> int:
    """Delete some of the answers, with their files, whose time is over; returns how many.

    ``set_ids`` are those of one kind of owner, who has just brought their ``ends_at`` up to date.
    """
    days = list(db.session.scalars(select(Question.keep_days).distinct()))
    if not days:
        return 0
    due = or_(*((Question.keep_days == one) & (QuestionSet.ends_at <= at - timedelta(days=one)) for one in days))
    old = (
        select(Answer.id)
        .join(Question, Question.id == Answer.question_id)
        .join(QuestionSet, QuestionSet.id == Question.set_id)
        .where(QuestionSet.id.in_(set_ids), due)
        .order_by(Answer.id)
    )
    some = list(db.session.scalars(old.limit(_AT_ONCE)))
    if some:
        db.session.execute(delete(Answer).where(Answer.id.in_(some)))
    return len(some)
