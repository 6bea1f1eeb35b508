"""Setting up an event, publishing it and calling it off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import announcing, planning, problems
from app.events.acts.moving import move
from app.events.models import Event, Slot, SlotForm
from app.events.plans import EventWords, plan_of
from app.events.registration import operations
from app.events.shifts import swaps
from app.programmes.kinds import ProgrammeKind
from tests.factories import Factory
from tests.shifts import shift_values

HOUR = timedelta(hours=1)
WORDS = EventWords("书香接力", ProgrammeKind.PRACTICE, "请带一本书。", "县图书馆", "苏老师 0731-1234567")


def read(event: Event) -> Event:
    """Return an event, read anew."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


def test_an_event_begins_as_a_draft_with_one_slot_and_its_time(inside: Flask, make: Factory) -> None:
    host, plan = make.organisation(), make.plan()
    event = make.do(planning.create_event, host.id, WORDS, plan, by=make.user().id, at=now())
    assert not event.is_published
    assert (event.starts_at, event.ends_at) == (plan.starts_at, plan.ends_at)
    assert [(slot.title, slot.taken, slot.free) for slot in event.slots] == [("上午场", 0, 30)]


def test_the_words_of_an_event_can_be_changed(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.do(planning.edit_event, event.id, WORDS, by=event.created_by_id, at=now())
    changed = read(event)
    assert (changed.title, changed.kind, changed.place) == ("书香接力", ProgrammeKind.PRACTICE, "县图书馆")


def test_an_event_spans_all_its_slots(inside: Flask, make: Factory) -> None:
    event = make.event()
    first = event.slots[0]
    begins, ends = first.starts_at, first.ends_at
    later = make.slot(event, starts_at=begins + 24 * HOUR, ends_at=ends + 24 * HOUR)
    assert (read(event).starts_at, read(event).ends_at) == (begins, ends + 24 * HOUR)
    earlier = make.plan(starts_at=begins - HOUR, ends_at=ends - HOUR)
    make.do(planning.edit_slot, later.id, earlier, by=event.created_by_id, at=now())
    assert (read(event).starts_at, read(event).ends_at) == (begins - HOUR, ends)
    make.do(planning.delete_slot, later.id, by=event.created_by_id, at=now())
    assert (read(event).starts_at, read(event).ends_at) == (begins, ends)


def test_a_slot_that_people_are_to_come_to_cannot_be_moved_into_the_past(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    over = make.plan(starts_at=now() - 3 * HOUR, ends_at=now() - HOUR, closes_at=now() - 3 * HOUR)
    make.registration(slot)
    with pytest.raises(problems.BeginsInThePast):
        make.do(planning.edit_slot, slot.id, over, by=make.user().id, at=now())
    empty = make.slot()
    make.do(planning.edit_slot, empty.id, over, by=make.user().id, at=now())


def test_a_slot_cannot_have_fewer_places_than_people_have(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=3)
    make.registration(slot)
    make.registration(slot)
    with pytest.raises(problems.CapacityBelowTaken) as refused:
        make.do(planning.edit_slot, slot.id, make.plan(capacity=1, title="别的"), by=make.user().id, at=now())
    assert refused.value.facts == {"taken": 2}
    db.session.expire_all()
    assert (db.session.get_one(Slot, slot.id).title, db.session.get_one(Slot, slot.id).capacity) == ("上午场", 3)
    make.do(planning.edit_slot, slot.id, make.plan(capacity=2), by=make.user().id, at=now())
    db.session.expire_all()
    assert db.session.get_one(Slot, slot.id).free == 0


def test_a_slot_that_nobody_signed_up_for_can_be_deleted(inside: Flask, make: Factory) -> None:
    event = make.event()
    extra = make.slot(event, title="下午场")
    assert make.do(planning.delete_slot, extra.id, by=event.created_by_id, at=now()) == event.id
    assert [slot.title for slot in read(event).slots] == ["上午场"]


def test_a_slot_that_somebody_ever_signed_up_for_stays(inside: Flask, make: Factory) -> None:
    event = make.event()
    slot = make.slot(event)
    registration = make.registration(slot)
    make.do(operations.cancel, registration.id, by=registration.registered_by_id, at=now())
    with pytest.raises(problems.SlotInUse):
        make.do(planning.delete_slot, slot.id, by=event.created_by_id, at=now())
    assert len(read(event).slots) == 2


def test_the_last_slot_stays(inside: Flask, make: Factory) -> None:
    event = make.event()
    with pytest.raises(problems.LastSlot):
        make.do(planning.delete_slot, event.slots[0].id, by=event.created_by_id, at=now())
    assert len(read(event).slots) == 1


def test_publishing_twice_keeps_the_first_moment(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    at = now()
    make.do(planning.publish, event.id, by=event.created_by_id, at=at)
    make.do(planning.publish, event.id, by=event.created_by_id, at=at + HOUR)
    assert read(event).published_at == at


def test_a_cancelled_event_cannot_be_published(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    with pytest.raises(problems.EventCancelled):
        make.do(planning.publish, event.id, by=event.created_by_id, at=now())
    assert not read(event).is_published


def test_cancelling_keeps_the_places_and_cancelling_again_mends_the_reason(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    make.do(announcing.cancel_event, event.id, "别的", by=event.created_by_id, at=now())
    assert (read(event).is_cancelled, read(event).cancel_reason) == (True, "别的")
    assert read(event).slots[0].taken == 1
    assert registration.is_active


def test_a_cancellation_can_be_taken_back_more_than_once(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    make.do(announcing.resume_event, event.id, by=event.created_by_id, at=now())
    make.do(announcing.resume_event, event.id, by=event.created_by_id, at=now())
    assert not read(event).is_cancelled
    assert read(event).cancel_reason is None
    assert read(event).is_published


def test_a_session_with_children_in_it_does_not_become_a_shift(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.registration(event.slots[0], age=12)
    with pytest.raises(problems.ChildrenInSlot):
        make.do(planning.edit_slot, event.slots[0].id, make.plan(form=SlotForm.SHIFT), by=event.created_by_id, at=now())
    assert read(event).slots[0].form is SlotForm.SESSION


@pytest.mark.parametrize("leaves", ["an offer", "a swap"])
def test_a_slot_is_not_deleted_when_everybody_was_moved_out_of_it_but_something_is_left(
    inside: Flask, make: Factory, leaves: str
) -> None:
    event = make.event(**shift_values(capacity=1, has_waiting_list=True))
    slot, by = event.slots[0], event.created_by_id
    other = make.slot(event, **shift_values(begins=13, ends=15))
    people = [make.registration(slot, age=20)]
    if leaves == "an offer":
        people.append(make.registration(slot, age=20, name="王芳"))
        make.do(planning.edit_slot, slot.id, replace(plan_of(slot), capacity=2), by=by, at=now())
    else:
        make.do(swaps.offer_shift, people[0].id, "", True, by=people[0].registered_by_id, at=now())
    make.do(move, event.id, [one.id for one in people], other.id, "form", by=by, at=now())
    db.session.expire_all()
    assert {one.slot_id for one in people} == {other.id}
    with pytest.raises(problems.SlotInUse):
        make.do(planning.delete_slot, slot.id, by=by, at=now())
