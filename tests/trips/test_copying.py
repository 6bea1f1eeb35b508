"""The checklist and for how many there is to be a grown-up come along when a programme is copied."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.changes import changes_of
from app.core.clock import local_day, now
from app.core.db import db
from app.programmes import planning
from app.programmes.models import Programme
from app.trips.models import YOUTHS_PER_ADULT, Trip
from app.trips.queries import youths_per_adult
from app.trips.settling import settle_ratio
from app.trips.tasks import operations
from app.trips.tasks.operations import TaskWords
from app.trips.tasks.queries import tasks_of
from app.trips.words import RECORD
from tests.exchanges import a_paper, a_programme
from tests.factories import Factory

LATER = timedelta(days=365)


def copied(make: Factory, programme: Programme) -> Programme:
    """Copy a programme to a year later."""
    return make.do(planning.copy_programme, programme.id, programme.starts_on + LATER, by=make.user().id, at=now())


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme with the usual things to see to, and one of the unit's own that is done and has a paper."""
    made, by = a_programme(make), make.user().id
    make.do(operations.add_usual, made.id, by=by, at=now())
    words = TaskWords("营服", local_day(now()), note="去年那家", file=a_paper())
    own = make.do(operations.add_task, made.id, words, by=by, at=now())
    make.do(operations.finish, own.id, by=by, at=now())
    return made


def test_a_copy_has_the_same_things_each_as_many_days_before_its_own_first_day(
    programme: Programme, make: Factory
) -> None:
    copy = copied(make, programme)
    listed = [(one.kind, one.title, one.due_on) for one in tasks_of(copy.id)]
    assert listed == [(one.kind, one.title, one.due_on + LATER) for one in tasks_of(programme.id)]
    assert len(listed) == 7
    assert [one.what for one in changes_of(RECORD, [copy.id])] == ["tasks_copied"]


def test_nothing_of_last_time_comes_along(programme: Programme, make: Factory) -> None:
    (own,) = (one for one in tasks_of(copied(make, programme).id) if one.title)
    assert (own.is_done, own.document_id, own.note, own.responsible_id) == (False, None, "", None)
    (original,) = (one for one in tasks_of(programme.id) if one.title)
    assert original.is_done


def test_where_nothing_is_listed_nothing_comes_along(inside: Flask, make: Factory) -> None:
    copy = copied(make, a_programme(make))
    assert tasks_of(copy.id) == []
    assert changes_of(RECORD, [copy.id]) == []


def test_for_how_many_there_is_to_be_a_grown_up_comes_along(inside: Flask, make: Factory) -> None:
    original = a_programme(make)
    make.do(settle_ratio, original.id, 6, by=make.user().id, at=now())
    copy = copied(make, original)
    assert youths_per_adult(copy.id) == 6
    (noted,) = changes_of(RECORD, [copy.id])
    assert (noted.what, noted.facts) == ("ratio_set", {"youths": 6})
    make.do(settle_ratio, copy.id, 8, by=make.user().id, at=now())
    assert youths_per_adult(original.id) == 6


def test_the_usual_number_for_a_grown_up_is_not_noted_again(inside: Flask, make: Factory) -> None:
    original = a_programme(make)
    make.do(settle_ratio, original.id, YOUTHS_PER_ADULT, by=make.user().id, at=now())
    copy = copied(make, original)
    assert youths_per_adult(copy.id) == YOUTHS_PER_ADULT
    assert changes_of(RECORD, [copy.id]) == []
    assert db.session.query(Trip).filter_by(programme_id=copy.id).count() == 0
