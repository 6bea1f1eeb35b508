"""The day after: who did not come, and had not said so."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.checkin import no_shows, operations
from app.core.clock import now
from app.core.db import db
from app.events import announcing
from app.events.models import Absence, AbsenceKind, Event
from tests.factories import Factory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def event(make: Factory) -> Event:
    """An event that is going on."""
    return make.going_on()


def before(event: Event) -> datetime:
    """Return a moment before an event began."""
    return event.starts_at - HOUR


def look(make: Factory, at: datetime) -> list[int]:
    """Do what the background does at a moment; returns who did not come, by registration."""
    for slot_id in no_shows.slots_to_look_at(at):
        while make.do(no_shows.note_no_shows, slot_id, at=at):
            pass
    db.session.expire_all()
    return [one.registration_id for one in db.session.query(Absence).order_by(Absence.registration_id)]


def test_who_did_not_come_is_written_down_the_day_after_and_once(inside: Flask, make: Factory, event: Event) -> None:
    slot = event.slots[0]
    make.arrival(make.registration(slot, at=before(event)))
    absent = make.registration(slot, at=before(event))
    assert look(make, event.ends_at + HOUR / 60) in ([], [absent.id])  # near midnight the next day begins at once
    assert [look(make, event.ends_at + DAY) for _ in range(2)] == [[absent.id]] * 2
    (absence,) = db.session.query(Absence)
    assert (absence.kind, absence.by_id, absence.missed_at) == (AbsenceKind.UNEXCUSED, None, event.starts_at)


def test_nobody_is_missed_where_the_door_did_not_work(inside: Flask, make: Factory, event: Event) -> None:
    other = make.slot(event, starts_at=event.starts_at, ends_at=event.ends_at, closes_at=event.ends_at)
    make.arrival(make.registration(other, at=before(event)))
    make.registration(event.slots[0], at=before(event))
    assert look(make, event.ends_at + DAY) == []


def test_no_child_under_14_is_ever_missed(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0], at=before(event)))
    make.registration(event.slots[0], age=10, at=before(event))
    assert look(make, event.ends_at + DAY) == []


def test_who_was_entered_after_it_began_is_not_missed(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0], at=before(event)))
    make.registration(event.slots[0])
    assert look(make, event.ends_at + DAY) == []


def test_nobody_is_missed_at_what_was_called_off(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0], at=before(event)))
    make.registration(event.slots[0], at=before(event))
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    assert look(make, event.ends_at + DAY) == []


def test_who_was_there_after_all_is_missed_no_more(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0], at=before(event)))
    absent = make.registration(event.slots[0], at=before(event))
    late = event.ends_at + DAY
    assert look(make, late) == [absent.id]
    make.do(operations.correct, absent.id, event.starts_at, "忘了扫码", by=event.created_by_id, at=late)
    assert look(make, late) == []
