"""An event again on another day, and drafts that nobody needs any more."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.changes import Change
from app.core.clock import local, local_day, now
from app.core.db import db
from app.events import drafts, planning, problems
from app.events.models import Event, Slot
from app.events.plans import words_of
from tests.factories import Factory

DAY = timedelta(days=1)


def test_a_copy_is_a_draft_on_its_day_at_the_same_time_without_anybody(inside: Flask, make: Factory) -> None:
    event = make.event()
    make.slot(event, title="第二天", starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY)
    make.registration(event.slots[0])
    first_day = local_day(event.starts_at) + 30 * DAY
    copy = make.do(drafts.copy_event, event.id, first_day, by=event.created_by_id, at=now())
    assert not copy.is_published
    assert words_of(copy) == words_of(event)
    assert [slot.title for slot in copy.slots] == ["上午场", "第二天"]
    assert [slot.taken for slot in copy.slots] == [0, 0]
    assert local_day(copy.starts_at) == first_day
    assert f"{local(copy.starts_at):%H:%M}" == f"{local(event.starts_at):%H:%M}"
    assert copy.slots[1].starts_at - copy.slots[0].starts_at == DAY
    assert copy.slots[0].closes_at - event.slots[0].closes_at == 30 * DAY


def test_a_second_copy_is_another_event(inside: Flask, make: Factory) -> None:
    event = make.event()
    day = local_day(event.starts_at) + 7 * DAY
    made = [make.do(drafts.copy_event, event.id, day, by=event.created_by_id, at=now()) for _ in range(2)]
    assert len({event.id, *(one.id for one in made)}) == 3


def test_nothing_is_copied_into_the_past(inside: Flask, make: Factory) -> None:
    event = make.event()
    with pytest.raises(problems.BeginsInThePast):
        make.do(drafts.copy_event, event.id, local_day(now()) - DAY, by=event.created_by_id, at=now())
    assert db.session.query(Event).count() == 1


def test_a_draft_is_deleted_with_its_slots(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    make.do(drafts.delete_event, event.id)
    assert (db.session.query(Event).count(), db.session.query(Slot).count()) == (0, 0)


def test_what_was_published_is_called_off_and_not_deleted(inside: Flask, make: Factory) -> None:
    event = make.event()
    with pytest.raises(problems.EventInUse):
        make.do(drafts.delete_event, event.id)
    assert db.session.query(Event).count() == 1


def test_a_draft_for_whose_door_a_phone_was_opened_stays(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    make.device(event)
    with pytest.raises(problems.EventInUse):
        make.do(drafts.delete_event, event.id)
    assert (db.session.query(Event).count(), db.session.query(Slot).count()) == (1, 1)


def test_who_gets_the_number_of_a_deleted_draft_gets_nothing_of_its_history(inside: Flask, make: Factory) -> None:
    event = make.event(is_published=False)
    make.do(planning.edit_slot, event.slots[0].id, make.plan(title="别的"), by=event.created_by_id, at=now())
    extra = make.slot(event, title="下午场")
    make.do(planning.edit_slot, extra.id, make.plan(title="晚场"), by=event.created_by_id, at=now())
    make.do(planning.delete_slot, extra.id, by=event.created_by_id, at=now())
    make.do(drafts.delete_event, event.id)
    assert db.session.query(Change).filter(Change.record.in_(["event", "slot"])).count() == 0
