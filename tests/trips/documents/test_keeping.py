"""Documents are deleted thirty days after the end; families are reminded of those that are missing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.care.erasing.operations import erase
from app.care.merging.operations import merge
from app.core.clock import local_day, now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.schedules import turns
from app.messages.models import Message, MessageKind
from app.messages.wording import worded
from app.people.models import Person
from app.programmes.models import Programme
from app.trips.documents.jobs import DROP, REMIND
from app.trips.documents.keeping import drop_old_documents
from app.trips.documents.models import TravelDocument
from app.trips.documents.telling import is_missing, remind, remind_now
from tests.factories import Factory, born
from tests.travel import a_trip, filled, person_of, travelling
from tests.work import work_off


def documents() -> int:
    """Return how many documents are kept."""
    return db.session.scalar(select(func.count()).select_from(TravelDocument)) or 0


def ended(make: Factory, programme: Programme, days: int) -> None:
    """Let a programme have ended some days ago."""
    last = local_day(now()) - timedelta(days=days)
    over = update(Programme).where(Programme.id == programme.id)
    make.do(lambda: db.session.execute(over.values(starts_on=last, ends_on=last)))


def told() -> list[Message]:
    """Return the reminders."""
    return list(db.session.scalars(select(Message).where(Message.kind == MessageKind.DOCUMENT_ASKED)))


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_thirty_days_after_the_end_they_are_deleted(make: Factory, days: int, left: int) -> None:
    trip = a_trip(make)
    filled(make, travelling(make, trip))
    ended(make, trip, days)
    make.do(drop_old_documents, at=now())
    assert documents() == left


@pytest.mark.usefixtures("inside")
def test_where_none_is_needed_any_more_they_are_deleted_too(make: Factory) -> None:
    trip = a_trip(make)
    filled(make, travelling(make, trip))
    none = {"needs_insurance": False, "needs_tickets": False, "needs_rooms": False}
    make.do(lambda: db.session.execute(update(Programme).values(none)))
    assert make.do(drop_old_documents, at=now()) == 1


def test_the_night_deletes_and_the_morning_reminds(inside: Flask, make: Factory) -> None:
    over, ahead = a_trip(make), a_trip(make)
    filled(make, travelling(make, over))
    travelling(make, ahead, name="何小禾")
    ended(make, over, 40)
    for kind in (DROP, REMIND):
        make.do(enqueue, kind, {}, at=now())
    work_off(inside)
    assert (documents(), len(told())) == (0, 1)
    kinds = {kind for hour in range(24) for kind, _turn in turns(now() + timedelta(hours=hour))}
    assert {DROP, REMIND} <= kinds


@pytest.mark.usefixtures("inside")
def test_erasing_deletes_it(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    filled(make, one)
    make.do(erase, one.person_id, by=make.user().id, at=now())
    assert documents() == 0


@pytest.mark.usefixtures("inside")
def test_of_two_records_of_one_person_one_document_is_left(make: Factory) -> None:
    trip, birthday = a_trip(make), born(20)
    ones = [travelling(make, trip, age=20, born_on=birthday) for _record in range(2)]
    for one in ones:
        filled(make, one)
    kept, other = (person_of(make, one).id for one in ones)
    make.do(merge, kept, other, by=make.user().id, at=now())
    assert list(db.session.scalars(select(TravelDocument.person_id))) == [kept]


@pytest.mark.usefixtures("inside")
def test_who_has_filled_nothing_in_is_reminded_once_in_each_stage(make: Factory) -> None:
    trip = a_trip(make, in_days=20)
    done, missing = travelling(make, trip), travelling(make, trip, name="何小禾")
    filled(make, done)
    for days in (0, 0, 11, 12, 18):
        make.do(remind, trip.id, at=now() + timedelta(days=days))
    assert [one.person_id for one in told()] == [missing.person_id] * 3
    words = worded(told()[0], "zh_Hans_CN")
    assert "何小禾" in words.body
    assert f"/applications/{missing.id}/travel-document" in words.body


@pytest.mark.usefixtures("inside")
def test_staff_reminds_once_a_day_and_nothing_goes_out_once_it_is_filled_in(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    assert [make.do(remind_now, one.programme_id, at=now()) for _time in range(2)] == [1, 0]
    (message,) = told()
    assert is_missing(message, now())
    filled(make, one)
    assert not is_missing(message, now())
    assert db.session.get_one(Person, one.person_id).name not in str(message.facts)
