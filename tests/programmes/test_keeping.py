"""What was answered to a programme's questions goes as many days after its end as each question says."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import end_of_day, now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.schedules import turns
from app.programmes import asking, planning
from app.programmes.jobs import OLD_ANSWERS
from app.programmes.keeping import drop_old_answers
from app.programmes.models import Programme
from app.questions.answering import Given, write_answers
from app.questions.models import Answer, AnswerSheet, QuestionKind
from app.questions.rules import QuestionWords
from tests.exchanges import a_programme, words
from tests.factories import Factory
from tests.work import work_off

DAY = timedelta(days=1)


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme that asks two things, kept for 7 and for 30 days, and has an answer to each."""
    return answered(make)


def answered(make: Factory) -> Programme:
    """Make one, and somebody who has answered both."""
    made, by = a_programme(make), make.user().id
    asked = [
        make.do(asking.add_question, made.id, QuestionWords(QuestionKind.TEXT, text, keep_days=days), by=by, at=now())
        for text, days in (("有什么特长？", 7), ("有什么忌口？", 30))
    ]
    given = {one.id: Given("笛子") for one in asked}
    make.do(write_answers, asked[0].set_id, make.person().id, given, by=by, at=now())
    return make.do(lambda: db.session.get_one(Programme, made.id))


def left() -> int:
    """Return how many answers are kept."""
    return len(db.session.scalars(select(Answer.id)).all())


def end(programme: Programme) -> datetime:
    """Return when a programme ends."""
    return end_of_day(programme.ends_on)


def test_each_answer_goes_in_its_time(programme: Programme, make: Factory) -> None:
    assert make.do(drop_old_answers, at=end(programme) + 6.9 * DAY) == 0
    assert make.do(drop_old_answers, at=end(programme) + 7 * DAY) == 1
    assert left() == 1
    assert make.do(drop_old_answers, at=end(programme) + 30 * DAY) == 1
    assert db.session.scalars(select(AnswerSheet)).all()


def test_of_a_programme_that_was_moved_they_stay_as_long_as_was_promised(programme: Programme, make: Factory) -> None:
    before, later = end(programme), programme.ends_on + 10 * DAY
    moved = words(starts_on=programme.starts_on, ends_on=later)
    make.do(planning.edit_programme, programme.id, moved, by=make.user().id, at=now())
    assert make.do(drop_old_answers, at=before + 16 * DAY) == 0
    assert make.do(drop_old_answers, at=before + 17 * DAY) == 1


def test_the_night_deletes_what_is_due_and_leaves_the_rest(inside: Flask, programme: Programme, make: Factory) -> None:
    answered(make)
    long_ago = words(starts_on=now().date() - 41 * DAY, ends_on=now().date() - 40 * DAY)
    make.do(planning.edit_programme, programme.id, long_ago, by=make.user().id, at=now())
    make.do(enqueue, OLD_ANSWERS, {}, at=now())
    work_off(inside)
    assert left() == 2
    assert OLD_ANSWERS in {kind for hour in range(24) for kind, _turn in turns(now() + timedelta(hours=hour))}
