"""A shift changes hands: offered, taken, the host told; places and the line stay right."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.core.changes import Change
from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.events import planning, problems
from app.events.models import Registration, RegistrationState, ShiftSwap, Slot, SlotForm, Source, WayIn
from app.events.plans import plan_of
from app.events.registration.operations import cancel
from app.events.shifts import shift_problems as no
from app.events.shifts import swap_lists, swaps
from app.messages.models import MessageKind
from app.people.problems import NotYourPerson
from tests.counting import statements
from tests.factories import Factory
from tests.letters import letters
from tests.shifts import HOUR, shift

State = RegistrationState


def offered(make: Factory, slot: Slot, **person: Any) -> tuple[Registration, ShiftSwap]:
    """Let somebody with a place offer it."""
    place = make.registration(slot, **({"age": 20} | person))
    return place, make.do(swaps.offer_shift, place.id, "要考试", True, by=place.registered_by_id, at=now())


def take(make: Factory, swap: ShiftSwap, user: User, person_id: int, at: datetime | None = None) -> Registration:
    """Take a shift over."""
    return make.do(swaps.take_over, swap.id, person_id, by=user.id, at=at or now())


def state_of(registration: Registration) -> RegistrationState:
    """Return what a place is worth, read anew."""
    db.session.expire_all()
    return db.session.get_one(Registration, registration.id).state


def taken_in(slot: Slot) -> int:
    """Return how many places are taken, read anew."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot.id).taken


def test_the_place_goes_from_one_to_the_other_and_both_are_told(inside: Flask, make: Factory) -> None:
    slot = shift(make, capacity=1)
    giver, swap = offered(make, slot)
    colleague = make.user()
    somebody = make.person(colleague, age=20, name="陈思远")
    for _ in range(2):
        coming = take(make, swap, colleague, somebody.id)
    assert (state_of(giver), state_of(coming), taken_in(slot)) == (State.CANCELLED, State.CONFIRMED, 1)
    assert (coming.source, coming.person_id) == (Source.SWAP, somebody.id)
    assert coming.code != giver.code
    assert len(letters(giver.person_id, MessageKind.SHIFT_TAKEN)) == 1
    assert len(letters(somebody.id, MessageKind.REGISTERED)) == 1
    written = db.session.scalars(select(Change.what).where(Change.record == "slot", Change.record_id == slot.id)).all()
    assert written == ["swapped"]
    (shown,) = swap_lists.swaps_of_event(slot.event, now())
    assert shown.taken_registration_id == coming.id


def test_who_waits_is_not_passed_and_may_be_the_one_who_takes_it(inside: Flask, make: Factory) -> None:
    slot = shift(make, capacity=1, has_waiting_list=True)
    giver, swap = offered(make, slot)
    first, second = (make.registration(slot, age=20, name=name) for name in ("王芳", "陈思远"))
    assert state_of(first) is state_of(second) is State.WAITING
    coming = make.do(swaps.take_over, swap.id, second.person_id, by=second.registered_by_id, at=now())
    assert coming.id == second.id
    assert (state_of(giver), state_of(second), state_of(first)) == (State.CANCELLED, State.CONFIRMED, State.WAITING)
    db.session.expire_all()
    slot = db.session.get_one(Slot, slot.id)
    assert (slot.taken, slot.waiting) == (1, 1)


def test_it_stays_ones_own_until_it_is_taken_and_can_be_kept(inside: Flask, make: Factory) -> None:
    slot = shift(make, capacity=1)
    giver, swap = offered(make, slot)
    assert (state_of(giver), taken_in(slot)) == (State.CONFIRMED, 1)
    for _ in range(2):
        make.do(swaps.withdraw_shift, giver.id, by=giver.registered_by_id, at=now())
    colleague = make.user()
    with pytest.raises(no.SwapOver):
        take(make, swap, colleague, make.person(colleague, age=20).id)
    assert state_of(giver) is State.CONFIRMED


def test_what_somebody_took_cannot_be_kept(inside: Flask, make: Factory) -> None:
    giver, swap = offered(make, shift(make))
    colleague = make.user()
    take(make, swap, colleague, make.person(colleague, age=20).id)
    with pytest.raises(no.SwapOver):
        make.do(swaps.withdraw_shift, giver.id, by=giver.registered_by_id, at=now())


def test_it_is_offered_once_however_often_and_says_what_was_said_last(inside: Flask, make: Factory) -> None:
    giver, swap = offered(make, shift(make))
    again = make.do(swaps.offer_shift, giver.id, "去外地", False, by=giver.registered_by_id, at=now())
    assert (again.id, again.note, again.is_for_all) == (swap.id, "去外地", False)


def test_it_lapses_when_the_shift_begins_or_the_place_is_given_back(inside: Flask, make: Factory) -> None:
    slot, colleague = shift(make), make.user()
    giver, swap = offered(make, slot)
    somebody = make.person(colleague, age=20)
    with pytest.raises(no.SwapOver):
        take(make, swap, colleague, somebody.id, at=slot.starts_at)
    make.do(cancel, giver.id, by=giver.registered_by_id, at=now())
    with pytest.raises(no.SwapOver):
        take(make, swap, colleague, somebody.id)
    assert taken_in(slot) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"form": SlotForm.SESSION},
        {"allows_swaps": False},
        {"way_in": WayIn.APPROVAL},
    ],
)
def test_where_there_are_no_swaps_none_is_offered(inside: Flask, make: Factory, changes: dict[str, Any]) -> None:
    place = make.registration(shift(make, **changes), age=20)
    with pytest.raises(no.NoSwaps):
        make.do(swaps.offer_shift, place.id, "", True, by=place.registered_by_id, at=now())


def test_an_offer_ends_when_the_host_allows_no_swaps_any_more(inside: Flask, make: Factory) -> None:
    slot, colleague = shift(make), make.user()
    _giver, swap = offered(make, slot)
    without = make.plan(**{**vars(plan_of(slot)), "allows_swaps": False})
    make.do(planning.edit_slot, slot.id, without, by=colleague.id, at=now())
    with pytest.raises(no.SwapOver):
        take(make, swap, colleague, make.person(colleague, age=20).id)


@pytest.mark.parametrize(
    ("age", "slot", "why"),
    [
        (13, {}, problems.NeedsAdult),
        (16, {"min_age": 18}, problems.TooYoung),
        (16, {"begins": 19, "ends": 22}, no.TooLateForMinors),
    ],
)
def test_whoever_takes_it_is_checked_as_in_a_sign_up(
    inside: Flask, make: Factory, age: int, slot: dict[str, Any], why: type[Problem]
) -> None:
    here, colleague = shift(make, **slot), make.user()
    giver, swap = offered(make, here)
    with pytest.raises(why):
        take(make, swap, colleague, make.person(colleague, age=age).id)
    assert (state_of(giver), taken_in(here)) == (State.CONFIRMED, 1)


def test_whoever_is_somewhere_else_at_that_time_cannot_take_it(inside: Flask, make: Factory) -> None:
    busy = make.registration(shift(make, begins=10, ends=12), age=20)
    giver, swap = offered(make, shift(make))
    with pytest.raises(no.ShiftsOverlap):
        make.do(swaps.take_over, swap.id, busy.person_id, by=busy.registered_by_id, at=now())
    assert state_of(giver) is State.CONFIRMED


def test_nobody_takes_it_for_a_stranger_or_twice_or_from_oneself(inside: Flask, make: Factory) -> None:
    slot = shift(make)
    giver, swap = offered(make, slot)
    there = make.registration(slot, age=20)
    for person_id, by, why in (
        (make.person(age=20).id, giver.registered_by_id, NotYourPerson),
        (there.person_id, there.registered_by_id, no.HasPlaceAlready),
        (giver.person_id, giver.registered_by_id, no.OwnSwap),
    ):
        with pytest.raises(why):
            make.do(swaps.take_over, swap.id, person_id, by=by, at=now())
    assert taken_in(slot) == 2


def test_only_the_first_of_two_gets_it(inside: Flask, make: Factory) -> None:
    slot = shift(make, capacity=1)
    _giver, swap = offered(make, slot)
    one, other = make.user(), make.user()
    take(make, swap, one, make.person(one, age=20).id)
    with pytest.raises(no.SwapOver):
        take(make, swap, other, make.person(other, age=20).id)
    assert taken_in(slot) == 1


def test_it_is_shown_to_whom_it_suits_by_age(inside: Flask, make: Factory) -> None:
    slot = shift(make, min_age=16)
    giver, swap = offered(make, slot)
    fitting, young, nobody = make.user(), make.user(), make.user()
    make.person(fitting, age=16)
    make.person(young, age=15)
    event = slot.event
    shown = {user.id: swap_lists.open_to(user.id, event, now()) for user in (fitting, young, nobody)}
    assert [[one.id for one in found] for found in shown.values()] == [[swap.id], [], []]
    assert swap_lists.open_to(giver.registered_by_id, event, now()) == []
    assert swap_lists.open_to(None, event, now()) == []
    assert swap_lists.open_to(fitting.id, event, slot.starts_at + HOUR) == []
    make.do(swaps.offer_shift, giver.id, "", False, by=giver.registered_by_id, at=now())
    assert swap_lists.open_to(fitting.id, event, now()) == []


def test_the_hosts_list_of_them_takes_one_statement(inside: Flask, make: Factory) -> None:
    slot = shift(make)
    for _ in range(3):
        _giver, swap = offered(make, slot)
    colleague = make.user()
    take(make, swap, colleague, make.person(colleague, age=20).id)
    event = slot.event
    shifts = len(event.slots)
    with statements(inside) as asked:
        found = swap_lists.swaps_of_event(event, now())
        names = [one.registration.person.name for one in found]
    assert (shifts, len(names)) == (1, 3)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
