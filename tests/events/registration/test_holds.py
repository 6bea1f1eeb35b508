"""A place held for a guardian who does not answer goes to the next in line."""

from datetime import datetime, timedelta

from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.events import jobs
from app.events.models import Registration, RegistrationState
from app.events.registration import offers
from tests.events.registration.parties import far_slot, leave, now_in, read, together
from tests.factories import Factory
from tests.work import work_off

CONFIRMED, HELD, LAPSED = RegistrationState.CONFIRMED, RegistrationState.HELD, RegistrationState.LAPSED
WAITING, OFFERED, CANCELLED = RegistrationState.WAITING, RegistrationState.OFFERED, RegistrationState.CANCELLED
HOUR = timedelta(hours=1)


def give_until(make: Factory, registration: Registration, until: datetime) -> None:
    """Let a guardian have until a moment to answer."""
    make.do(_hold_until, registration.id, until)


def _hold_until(registration_id: int, until: datetime | None) -> None:
    db.session.get_one(Registration, registration_id).held_until = until


def test_a_hold_that_is_over_goes_to_the_next_in_line_once(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    (child,), (behind,) = together(make, slot, 12), together(make, slot, 18)
    until = now() + HOUR
    give_until(make, child, until)
    moments = (until - timedelta(seconds=1), until, until)
    assert [make.do(offers.lapse_hold, child.id, at=moment) for moment in moments] == [False, True, False]
    assert now_in([child, behind]) == [LAPSED, OFFERED]
    assert (read(slot).taken, read(slot).waiting) == (1, 0)


def test_without_an_end_a_place_is_held_on(inside: Flask, make: Factory) -> None:
    (child,) = together(make, far_slot(make), 12)
    make.do(_hold_until, child.id, None)
    assert not make.do(offers.lapse_hold, child.id, at=now() + 1000 * HOUR)
    assert now_in([child]) == [HELD]
    assert list(offers.due_holds(now() + 1000 * HOUR)) == []


def test_the_whole_party_loses_its_places(inside: Flask, make: Factory) -> None:
    slot = far_slot(make)
    party = together(make, slot, 12, 18)
    give_until(make, party[0], now())
    assert make.do(offers.lapse_hold, party[0].id, at=now())
    assert now_in(party) == [LAPSED, LAPSED]
    assert read(slot).taken == 0


def test_whoever_left_meanwhile_has_left(inside: Flask, make: Factory) -> None:
    slot = far_slot(make)
    (child,) = together(make, slot, 12)
    give_until(make, child, now())
    leave(make, child)
    assert not make.do(offers.lapse_hold, child.id, at=now())
    assert now_in([child]) == [CANCELLED]
    assert read(slot).taken == 0


def test_the_worker_ends_the_holds_that_are_due_and_no_others(inside: Flask, make: Factory) -> None:
    slot = far_slot(make)
    children = [together(make, slot, 12)[0] for _ in range(3)]
    for child, until in zip(children, (now() - HOUR, now() + HOUR), strict=False):
        give_until(make, child, until)
    ids = [child.id for child in children]
    assert list(offers.due_holds(now())) == ids[:1]
    make.do(enqueue, jobs.LAPSE, {}, at=now())
    work_off(inside)
    assert [db.session.get_one(Registration, number).state for number in ids] == [LAPSED, HELD, HELD]
