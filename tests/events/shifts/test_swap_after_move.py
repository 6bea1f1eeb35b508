"""A shift on offer from which staff moves its owner: whoever has the link takes no place that others have."""

import pytest

from app.core.clock import now
from app.core.db import db
from app.events.acts.moving import move
from app.events.models import Registration, Slot
from app.events.shifts import swap_lists, swaps
from app.events.shifts.shift_problems import SwapOver
from tests.factories import Factory
from tests.shifts import on_offer, shift_event, shift_values

pytestmark = pytest.mark.usefixtures("inside")


def moved(make: Factory) -> tuple[Slot, Slot, Registration, str]:
    """Let somebody offer the one place of a shift, staff move that person to another, and the next one sign up; returns
    both shifts, the place that was moved, and the code of the offer."""
    event = shift_event(make, capacity=1)
    first, second = event.slots[0], make.slot(event, **shift_values(begins=13, ends=15))
    swap = on_offer(make, first, make.user())
    make.do(move, event.id, [swap.registration_id], second.id, "form", by=event.created_by_id, at=now())
    make.registration(first, age=20, name="后来的人")
    db.session.expire_all()
    return first, second, db.session.get_one(Registration, swap.registration_id), swap.code


def test_the_old_offer_lets_nobody_in_any_more(make: Factory) -> None:
    first, second, place, code = moved(make)
    swap, colleague = swap_lists.swap_called(code), make.user()
    assert swap is not None
    helper = make.person(colleague, age=20, name="陈思远")
    with pytest.raises(SwapOver):
        make.do(swaps.take_over, swap.id, helper.id, by=colleague.id, at=now())
    db.session.expire_all()
    people = [db.session.query(Registration).filter_by(slot_id=one.id).count() for one in (first, second)]
    assert people == [first.taken, second.taken] == [1, 1]
    assert swap_lists.on_offer_of(place.id, now()) is None


def test_offered_anew_it_is_the_place_that_somebody_has_now(make: Factory) -> None:
    first, second, place, _code = moved(make)
    by, colleague = place.registered_by_id, make.user()
    swap = make.do(swaps.offer_shift, place.id, "", True, by=by, at=now())
    helper = make.person(colleague, age=20, name="陈思远")
    coming = make.do(swaps.take_over, swap.id, helper.id, by=colleague.id, at=now())
    db.session.expire_all()
    assert (coming.slot_id, first.taken, second.taken) == (second.id, 1, 1)
