"""Somebody gives a place back at the moment at which staff moves it: it is free where it was then, and nowhere else."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db, transact
from app.events.acts.moving import move
from app.events.leave import leaving
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import operations, places
from tests.factories import Factory

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])  # on SQLite one writes after the other anyway


def moved_first(app: Flask, monkeypatch: pytest.MonkeyPatch, place: Registration, target: Slot, by: int) -> None:
    """Let staff move a place just before whoever has it waits for its slot."""
    lock, moved = places.lock_slot, []

    def move_it() -> None:
        with app.app_context():
            moved.append(transact(move, target.event_id, [place.id], target.id, "form", by=by, at=now()))

    def locked_late(slot_id: int) -> Slot:
        if not moved:
            colleague = Thread(target=move_it)
            colleague.start()
            colleague.join()
        return lock(slot_id)

    monkeypatch.setattr(places, "lock_slot", locked_late)


@pytest.mark.parametrize("asks_leave", [False, True])
def test_the_place_is_free_where_it_is_by_then(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch, asks_leave: bool
) -> None:
    event, by = make.event(), make.user().id
    target = make.slot(event, title="下午场")
    stays, place = (make.registration(event.slots[0], age=20) for _ in range(2))
    moved_first(app, monkeypatch, place, target, by)
    who = place.registered_by_id
    if asks_leave:
        make.do(leaving.leave, place.id, "生病", by=who, at=now())
    else:
        make.do(operations.cancel, place.id, by=who, at=now())
    with app.app_context():
        slots = db.session.scalars(select(Slot).order_by(Slot.id)).all()
        assert [one.taken for one in slots] == [1, 0]
        gone = db.session.get_one(Registration, place.id)
        assert (gone.state, gone.slot_id) == (RegistrationState.CANCELLED, target.id)
        assert db.session.get_one(Registration, stays.id).is_active
