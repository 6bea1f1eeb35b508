"""An event's slots as its pages list them."""

from datetime import timedelta

from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.events.slot_list import public_slot_list, slot_list
from tests.events.dates.class_series import batch
from tests.factories import Factory

DAY = timedelta(days=1)


def slots_of(event: Event) -> list:
    """Return an event's slots, read anew."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id).slots


def test_few_are_all_shown(inside: Flask, make: Factory) -> None:
    event = make.event()
    batch(make, event, 3)
    listed = slot_list(slots_of(event), now())
    assert (len(listed.shown), listed.months) == (4, ())


def test_of_many_the_next_come_first_and_the_rest_by_month(inside: Flask, make: Factory) -> None:
    event = make.event()
    batch(make, event, 24)
    slots = slots_of(event)
    listed = slot_list(slots, slots[9].ends_at)
    assert [one.id for one in listed.shown] == [one.id for one in slots[10:15]]
    assert sum(len(of_month) for _month, of_month in listed.months) == 20
    assert [month for month, _slots in listed.months] == sorted({month for month, _slots in listed.months})


def test_a_series_is_one_slot_with_all_its_dates(inside: Flask, make: Factory) -> None:
    event = make.event()
    dates = batch(make, event, 24, is_series=True)
    listed = public_slot_list(slots_of(event), now())
    assert {one.id for one in listed.shown} == {event.slots[0].id, dates[0].id}
    assert [one.id for one in listed.dates[dates[0].id]] == [one.id for one in dates]
