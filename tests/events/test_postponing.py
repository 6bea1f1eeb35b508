"""Moving an event or a slot to another time: everybody keeps the place and the code."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import announcing, problems
from app.events.models import Event, Registration
from tests.factories import Factory

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def read(event: Event) -> Event:
    """Return an event, read anew."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


def move(make: Factory, event: Event, by: timedelta, reason: str = "台风") -> Event:
    """Move an event by some time from where it is now."""
    begins = read(event).starts_at
    moved: Event = make.do(announcing.postpone_event, event.id, begins + by, reason, by=event.created_by_id, at=now())
    return moved


def test_all_slots_and_sign_up_ends_move_alike_and_places_and_codes_stay(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.slot(event, starts_at=event.starts_at + DAY, ends_at=event.starts_at + DAY + HOUR)
    registration = make.registration(event.slots[0])
    before = [(slot.starts_at, slot.ends_at, slot.closes_at) for slot in read(event).slots]
    move(make, event, 7 * DAY)
    moved = read(event)
    after = [(slot.starts_at, slot.ends_at, slot.closes_at) for slot in moved.slots]
    assert after == [tuple(moment + 7 * DAY for moment in times) for times in before]
    assert (moved.starts_at, moved.ends_at) == (before[0][0] + 7 * DAY, before[1][1] + 7 * DAY)
    assert [slot.planned_at for slot in moved.slots] == [before[0][0], before[1][0]]
    assert (moved.postpone_reason, moved.slots[0].taken) == ("台风", 1)
    kept = db.session.get_one(Registration, registration.id)
    assert (kept.code, kept.is_active) == (registration.code, True)


def test_a_sign_up_that_is_open_stays_open_and_one_to_come_moves_along(inside: Flask, make: Factory) -> None:
    event = make.event()
    opens = now() + HOUR
    make.slot(event, opens_at=opens, starts_at=event.starts_at + HOUR)
    open_since = read(event).slots[0].opens_at
    move(make, event, DAY)
    assert [slot.opens_at for slot in read(event).slots] == [open_since, opens + DAY]


def test_an_event_can_come_sooner_too(inside: Flask, make: Factory) -> None:
    begins = now() + 3 * DAY
    event = make.event(starts_at=begins, ends_at=begins + HOUR, closes_at=begins)
    move(make, event, -DAY)
    slot = read(event).slots[0]
    assert (slot.starts_at, slot.closes_at) == (begins - DAY, begins - DAY)
    assert slot.opens_at < slot.closes_at


def test_moved_twice_it_still_says_when_it_was_planned_first(inside: Flask, make: Factory) -> None:
    event = make.event()
    first = event.starts_at
    move(make, event, DAY)
    move(make, event, DAY, "还在下雨")
    assert read(event).slots[0].planned_at == first
    assert read(event).postpone_reason == "还在下雨"


def test_moved_back_it_is_as_if_it_had_never_moved(inside: Flask, make: Factory) -> None:
    event = make.event()
    move(make, event, DAY)
    move(make, event, -DAY)
    back = read(event)
    assert back.slots[0].planned_at is None
    assert (back.postponed_at, back.postpone_reason) == (None, "")


def test_the_same_move_sent_twice_moves_once(inside: Flask, make: Factory) -> None:
    event = make.event()
    target = event.starts_at + DAY
    for _ in range(2):
        make.do(announcing.postpone_event, event.id, target, "台风", by=event.created_by_id, at=now())
    assert read(event).starts_at == target


def test_one_slot_moves_alone(inside: Flask, make: Factory) -> None:
    event = make.event()
    first = event.starts_at
    other = make.slot(event, title="下午场", starts_at=first + HOUR)
    make.do(announcing.postpone_slot, other.id, first + DAY, "场地有事", by=event.created_by_id, at=now())
    moved = {slot.title: slot for slot in read(event).slots}
    assert (moved["上午场"].starts_at, moved["上午场"].planned_at) == (first, None)
    assert (moved["下午场"].starts_at, moved["下午场"].planned_at) == (first + DAY, first + HOUR)
    assert read(event).postpone_reason == "场地有事"


def test_nothing_moves_into_the_past(inside: Flask, make: Factory) -> None:
    event = make.event()
    before = event.starts_at
    with pytest.raises(problems.BeginsInThePast):
        move(make, event, -4 * HOUR)
    assert read(event).starts_at == before


def test_what_has_begun_stays_where_it_is(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    with pytest.raises(problems.AlreadyBegun):
        move(make, event, DAY)
    slot = event.slots[0]
    with pytest.raises(problems.AlreadyBegun):
        make.do(announcing.postpone_slot, slot.id, now() + DAY, "台风", by=event.created_by_id, at=now())
    assert read(event).postponed_at is None


def test_what_is_cancelled_is_taken_up_again_before_it_moves(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    with pytest.raises(problems.EventCancelled):
        move(make, event, DAY)
