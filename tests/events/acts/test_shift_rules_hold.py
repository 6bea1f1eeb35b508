"""The rules of a shift hold for whoever gets a place in it by an act on many people, too."""

import pytest

from app.core.clock import now
from app.core.db import db
from app.events import planning
from app.events.acts.bulk_words import sentences
from app.events.models import Slot, WayIn
from app.events.shifts import insuring
from tests.events.acts.test_decisions import done, states, taken
from tests.factories import Factory
from tests.shifts import shift, shift_event, shift_values

pytestmark = pytest.mark.usefixtures("inside")


def insured(make: Factory, **changes: object) -> Slot:
    """Make a risky shift that is insured."""
    event = shift_event(make, is_published=False, is_risky=True, **changes)
    slot, by = event.slots[0], event.created_by_id
    make.do(insuring.mark_insured, slot.id, "人保 2026-0117", by=by, at=now())
    make.do(planning.publish, event.id, by=by, at=now())
    return slot


def test_nobody_is_approved_for_a_shift_that_is_not_insured_any_more(make: Factory) -> None:
    slot = insured(make, way_in=WayIn.APPROVAL)
    person = make.registration(slot, age=20)
    make.do(insuring.withdraw_insurance, slot.id, by=make.user().id, at=now())
    act = done(make, "approve", slot, [person])
    assert act.facts["left"] == {"shift": [person.id]}
    assert "投保" in sentences(act)[1]
    assert (states([person]), taken(slot)) == (["applied"], (0, 0))


def test_nobody_is_let_in_from_the_line_into_it(make: Factory) -> None:
    slot = insured(make, capacity=1, has_waiting_list=True)
    make.registration(slot, age=20)
    person = make.registration(slot, age=20, name="王芳")
    make.do(insuring.withdraw_insurance, slot.id, by=make.user().id, at=now())
    assert done(make, "admit", slot, [person]).facts["left"] == {"shift": [person.id]}


def test_nobody_is_approved_who_has_another_place_at_that_time_by_now(make: Factory) -> None:
    slot, elsewhere = shift(make, way_in=WayIn.APPROVAL), shift(make)
    user = make.user()
    person = make.registration(slot, user=user, age=20)
    make.registration(elsewhere, user=user, age=20)
    assert done(make, "approve", slot, [person]).facts["left"] == {"shift": [person.id]}


def test_whoever_is_moved_leaves_one_shift_for_another_of_the_same_time_but_not_past_the_hour_for_minors(
    make: Factory,
) -> None:
    event = shift_event(make)
    slot = event.slots[0]
    beside = make.slot(event, **shift_values(title="另一岗"))
    late = make.slot(event, **shift_values(begins=20, ends=22.5, title="晚场"))
    person = make.registration(slot, age=16)
    assert done(make, "move", slot, [person], late.id).facts["left"] == {"shift": [person.id]}
    db.session.expire_all()
    assert person.slot_id == slot.id
    assert done(make, "move", slot, [person], beside.id, key="2").facts["left"] == {}
    assert (taken(slot), taken(beside), taken(late)) == ((0, 0), (1, 0), (0, 0))
