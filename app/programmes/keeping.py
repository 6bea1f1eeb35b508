"""How long what was answered to a programme's questions stays: as long as each question says."""

from datetime import datetime

from sqlalchemy import exists, select

from app.programmes.models import Programme
from app.questions.models import QuestionSet
from app.questions.purging import drop_due_answers


def drop_old_answers(*, at: datetime) -> int:
    """Delete some of the answers, with their files, whose time is over, counted from the end of their programme, which
    `planning.edit_programme` keeps right; returns how many."""
    its = select(QuestionSet.id).where(exists().where(Programme.question_set_id == QuestionSet.id))
    return drop_due_answers(its, at=at)
