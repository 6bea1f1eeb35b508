"""Many slots at once: all or none, and back again."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.core.db import db
from app.events import drafts
from app.events.dates import slot_batches
from app.events.dates.series_problems import TooManySlots
from app.events.history import history_of
from app.events.models import Event, Slot, SlotBatch
from app.events.problems import LastSlot
from app.events.registration import operations
from tests.events.dates.class_series import batch, series
from tests.factories import Factory


def titles(event: Event) -> list[str]:
    """Return the titles of an event's slots, read anew."""
    db.session.expire_all()
    return [slot.title for slot in db.session.get_one(Event, event.id).slots]


def test_a_batch_adds_slots_that_stand_alone(inside: Flask, make: Factory) -> None:
    event = make.event()
    slots = batch(make, event, 3)
    assert titles(event) == ["上午场", *["竹笛课"] * 3]
    assert {one.leads_id for one in slots} == {None}
    make.registration(slots[1])
    assert [db.session.get_one(Slot, one.id).taken for one in slots] == [0, 1, 0]
    assert db.session.get_one(Event, event.id).ends_at == slots[-1].ends_at


def test_the_same_form_sent_twice_is_one_batch(inside: Flask, make: Factory) -> None:
    event = make.event()
    first = batch(make, event, 3)
    assert [one.id for one in batch(make, event, 3)] == [one.id for one in first]
    assert len(titles(event)) == 4


@pytest.mark.parametrize("many", [0, 61])
def test_nobody_reads_a_page_with_hundreds_of_them(inside: Flask, make: Factory, many: int) -> None:
    event = make.event()
    with pytest.raises(TooManySlots):
        batch(make, event, many)
    assert len(titles(event)) == 1


def test_a_batch_is_undone_as_one_step(inside: Flask, make: Factory) -> None:
    event = make.event()
    (made,) = {one.batch_id for one in batch(make, event, 3)}
    for _ in range(2):
        assert make.do(slot_batches.undo_batch, made, by=event.created_by_id, at=now()) == []
    assert titles(event) == ["上午场"]
    assert db.session.get_one(SlotBatch, made).undone_by_id == event.created_by_id
    said = [sentence for _change, sentences in history_of(event) for sentence in sentences]
    assert said[:2] == ["已撤销“竹笛课”的 3 个场次", "增加了“竹笛课”的 3 个场次"]


def test_what_people_have_signed_up_for_stays(inside: Flask, make: Factory) -> None:
    event = make.event()
    slots = batch(make, event, 3)
    user = make.user()
    left = make.registration(slots[1], user=user)
    make.do(operations.cancel, left.id, by=user.id, at=now())
    kept = make.do(slot_batches.undo_batch, slots[0].batch_id, by=user.id, at=now())
    assert [one.id for one in kept] == [slots[1].id]
    assert titles(event) == ["上午场", "竹笛课"]
    assert db.session.get_one(SlotBatch, slots[1].batch_id).undone_at is None


def test_a_series_with_people_in_it_stays_whole(inside: Flask, make: Factory) -> None:
    slots = series(make, 3)
    make.registration(slots[0])
    kept = make.do(slot_batches.undo_batch, slots[0].batch_id, by=make.user().id, at=now())
    assert len(kept) == 3
    empty = series(make, 3)
    assert make.do(slot_batches.undo_batch, empty[0].batch_id, by=make.user().id, at=now()) == []


def test_an_event_keeps_one_slot(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    slots = batch(make, event, 3)
    (first,) = [one for one in db.session.get_one(Event, event.id).slots if one.batch_id is None]
    make.do(_delete, first.id)
    with pytest.raises(LastSlot):
        make.do(slot_batches.undo_batch, slots[0].batch_id, by=event.created_by_id, at=now())


def test_a_draft_with_a_series_can_be_deleted(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    batch(make, event, 3, is_series=True)
    make.do(drafts.delete_event, event.id)
    assert db.session.query(Slot).count() == db.session.query(SlotBatch).count() == 0


def _delete(slot_id: int) -> None:
    db.session.delete(db.session.get_one(Slot, slot_id))


def test_the_copy_of_a_series_is_a_series(inside: Flask, make: Factory) -> None:
    event = make.event()
    batch(make, event, 3, is_series=True)
    day = local_day(now()) + timedelta(days=100)
    copy = make.do(drafts.copy_event, event.id, day, by=event.created_by_id, at=now())
    db.session.expire_all()
    alone, *dates = db.session.get_one(Event, copy.id).slots
    assert (alone.batch_id, {one.leads_id for one in dates}) == (None, {dates[0].id})
    assert {one.batch_id for one in dates}.isdisjoint({one.batch_id for one in event.slots})
