"""What staff can put right, and what nobody can."""

from datetime import timedelta

import pytest
from flask import Flask

from app.checkin.operations import correct
from app.checkin.problems import NotTakingPlace, NotThisDay
from app.checkin.queries import head_counts
from app.core.clock import now
from app.events.announcing import cancel_event
from app.events.problems import EventCancelled
from app.events.registration.operations import cancel, register
from tests.factories import Factory
from tests.signing_in import Personas


def test_nobody_was_there_before_the_day(inside: Flask, make: Factory) -> None:
    later = now() + timedelta(days=3)
    registration = make.registration(make.slot(starts_at=later, ends_at=later + timedelta(hours=1), closes_at=later))
    with pytest.raises(NotThisDay):
        make.do(correct, registration.id, now(), "早到", by=make.user().id, at=now())


def test_nobody_was_at_what_was_cancelled(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    registration = make.registration(event.slots[0])
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    with pytest.raises(EventCancelled):
        make.do(correct, registration.id, now(), "来了", by=make.user().id, at=now())


def test_nobody_was_at_what_was_given_back(inside: Flask, make: Factory) -> None:
    event, by = make.event(), make.user().id
    given_back, begins = make.registration(event.slots[0]), event.starts_at
    make.do(cancel, given_back.id, by=by, at=now())
    with pytest.raises(NotTakingPlace):
        make.do(correct, given_back.id, begins, "来了", by=by, at=begins)


def test_without_saying_what_was_nothing_is_corrected(personas: Personas, make: Factory) -> None:
    registration = make.registration(make.going_on(personas.host).slots[0])
    make.arrival(registration)
    address = f"/desk/registrations/{registration.id}"
    personas.staff.post(f"{address}/correction", data={"reason": "手滑"})
    assert "更正为未到" not in personas.staff.get(address).text


def test_whoever_gives_the_place_back_and_signs_up_anew_is_one_person(inside: Flask, make: Factory) -> None:
    begins = now() + timedelta(minutes=5)
    slot = make.slot(starts_at=begins, ends_at=begins + timedelta(hours=1), closes_at=begins)
    first = make.registration(slot)
    make.arrival(first, at=begins)  # at the moment it begins, so that midnight never lies between
    make.do(cancel, first.id, by=first.registered_by_id, at=now())
    again = make.do(register, first.person_id, slot.id, by=first.registered_by_id, at=now())
    make.arrival(again, at=begins)
    found = head_counts(slot.event_id)
    assert (found.registered, found.arrived) == (1, 1)
