"""The waiting list: in order, by party, and nobody is passed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.clock import now
from app.events import announcing, planning, problems
from app.events.models import Event, Registration, RegistrationState, Slot
from app.events.plans import SlotPlan, plan_of
from app.events.registration import places
from app.events.registration.positions import position, positions
from app.events.ways.way_in_problems import WaitingListInUse
from app.messages.models import MessageKind
from tests.events.registration.parties import far_slot, leave, now_in, read, together
from tests.events.ways.lotteries import states
from tests.factories import Factory
from tests.letters import letters

CONFIRMED, WAITING, OFFERED = RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED


def alone(make: Factory, slot: Slot) -> Registration:
    """Sign up somebody alone."""
    return together(make, slot, 18)[0]


def edit(make: Factory, slot: Slot, **changes: Any) -> None:
    """Change the plan of a slot."""
    plan = SlotPlan(**{**vars(plan_of(read(slot))), **changes})
    make.do(planning.edit_slot, slot.id, plan, by=make.user().id, at=now())


def counts(slot: Slot) -> tuple[int, int]:
    """Return how many places are taken and how many parties wait, read anew."""
    found = read(slot)
    return found.taken, found.waiting


def test_whoever_finds_it_full_stands_in_line_and_is_told(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    alone(make, slot)
    second = alone(make, slot)
    assert states(slot.id) == [CONFIRMED, WAITING]
    assert counts(slot) == (1, 1)
    assert [one.kind for one in letters(second.person_id)] == [MessageKind.WAITING]


def test_where_the_line_is_switched_off_it_is_full(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1, has_waiting_list=False)
    alone(make, slot)
    with pytest.raises(problems.SlotFull):
        alone(make, slot)
    assert states(slot.id) == [CONFIRMED]
    assert counts(slot) == (1, 0)


def test_it_is_not_switched_off_while_somebody_stands_in_line(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    first, second = alone(make, slot), alone(make, slot)
    with pytest.raises(WaitingListInUse):
        edit(make, slot, has_waiting_list=False)
    leave(make, first)
    assert now_in([second]) == [OFFERED]
    edit(make, slot, has_waiting_list=False)
    assert not read(slot).has_waiting_list


def test_places_are_offered_in_the_order_of_the_line(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2)
    placed, waiting = [alone(make, slot) for _ in range(2)], [alone(make, slot) for _ in range(3)]
    leave(make, placed[1])
    assert now_in(waiting) == [OFFERED, WAITING, WAITING]
    leave(make, placed[0])
    assert now_in(waiting) == [OFFERED, OFFERED, WAITING]
    assert counts(slot) == (2, 1)


def test_nobody_passes_a_party_that_does_not_fit(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2)
    first, _second = together(make, slot, 18, 18)
    both, single = together(make, slot, 18, 18), alone(make, slot)
    leave(make, first)
    assert now_in([*both, single]) == [WAITING, WAITING, WAITING]
    newcomer = alone(make, slot)
    assert now_in([newcomer]) == [WAITING]
    assert counts(slot) == (1, 3)


def test_under_the_skip_rule_a_smaller_party_that_fits_goes_first(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2, smaller_may_pass=True)
    first, second = together(make, slot, 18, 18)
    both, single, last = together(make, slot, 18, 18), alone(make, slot), alone(make, slot)
    leave(make, first)
    assert now_in([*both, single, last]) == [WAITING, WAITING, OFFERED, WAITING]
    leave(make, second)
    assert now_in([*both, last]) == [WAITING, WAITING, OFFERED]


def test_under_the_skip_rule_a_newcomer_who_fits_has_the_place_at_once(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2, smaller_may_pass=True)
    alone(make, slot)
    both = together(make, slot, 18, 18)
    newcomer = alone(make, slot)
    assert now_in([*both, newcomer]) == [WAITING, WAITING, CONFIRMED]
    assert [one.kind for one in letters(newcomer.person_id)] == [MessageKind.REGISTERED]


def test_everybody_sees_how_many_parties_are_ahead(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    placed, first = alone(make, slot), alone(make, slot)
    both, last = together(make, slot, 18, 18), alone(make, slot)
    assert [position(one) for one in (placed, first, *both, last)] == [0, 1, 2, 2, 3]
    leave(make, first)
    read(slot)
    assert [position(one) for one in (*both, last)] == [1, 1, 2]
    assert positions([*both, last]) == {both[0].id: 1, both[1].id: 1, last.id: 2}


def test_more_places_serve_the_line(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    alone(make, slot)
    waiting = [alone(make, slot) for _ in range(3)]
    edit(make, slot, capacity=3)
    assert now_in(waiting) == [OFFERED, OFFERED, WAITING]
    assert counts(slot) == (3, 1)


def test_places_that_are_taken_or_offered_are_not_taken_away(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2)
    placed = [alone(make, slot) for _ in range(2)]
    alone(make, slot)
    leave(make, placed[0])
    with pytest.raises(problems.CapacityBelowTaken) as caught:
        edit(make, slot, capacity=1)
    assert caught.value.facts == {"taken": 2}
    assert read(slot).capacity == 2


def of(slot: Slot) -> Event:
    """Return the event of a slot, read anew."""
    return read(slot).event


def test_a_cancelled_event_serves_nobody_until_it_is_resumed(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    placed, waiting = alone(make, slot), alone(make, slot)
    make.do(announcing.cancel_event, of(slot).id, "台风", by=make.user().id, at=now())
    leave(make, placed)
    assert now_in([waiting]) == [WAITING]
    make.do(announcing.resume_event, of(slot).id, by=make.user().id, at=now())
    assert now_in([waiting]) == [OFFERED]
    assert counts(slot) == (1, 0)


def test_what_has_begun_offers_nothing_any_more(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=1)
    placed, waiting = alone(make, slot), alone(make, slot)
    make.do(_serve_one_more, slot.id, slot.starts_at)
    assert now_in([placed, waiting]) == [CONFIRMED, WAITING]
    make.do(_serve_one_more, slot.id, slot.starts_at - timedelta(seconds=1))
    assert now_in([placed, waiting]) == [CONFIRMED, OFFERED]


def test_once_it_has_begun_newcomers_get_what_is_free_and_nobody_joins_the_line(inside: Flask, make: Factory) -> None:
    slot = far_slot(make, capacity=2)
    make.do(_stay_open, slot.id)
    alone(make, slot)
    both = together(make, slot, 18, 18)
    (newcomer,) = together(make, slot, 18, at=slot.starts_at)
    assert now_in([*both, newcomer]) == [WAITING, WAITING, CONFIRMED]
    with pytest.raises(problems.SlotFull):
        together(make, slot, 18, at=slot.starts_at)
    assert counts(slot) == (2, 1)


def _serve_one_more(slot_id: int, at: datetime) -> None:
    slot = places.lock_slot(slot_id)
    slot.capacity += 1
    places.serve(slot, at=at)


def _stay_open(slot_id: int) -> None:
    slot = places.lock_slot(slot_id)
    slot.closes_at = slot.ends_at
