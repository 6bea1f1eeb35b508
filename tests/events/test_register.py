"""Taking a place in a slot."""


import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import operations, problems
from app.events.models import Registration, RegistrationState, Slot
from tests.factories import Factory


def taken(slot_id: int) -> int:
    """Return how many places are counted as taken, read anew."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot_id).taken


def test_a_place_is_confirmed_and_counted(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    registration = make.registration(slot, age=16)
    assert registration.state is RegistrationState.CONFIRMED
    assert len(registration.code) == 16
    assert taken(slot.id) == 1


def test_the_same_sign_up_twice_returns_the_first(inside: Flask, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    person = make.person(user)
    first = make.do(operations.register, person.id, slot.id, by=user.id, at=now())
    second = make.do(operations.register, person.id, slot.id, by=user.id, at=now())
    assert second.id == first.id
    assert taken(slot.id) == 1


def test_a_child_under_fourteen_gets_the_place_held(inside: Flask, make: Factory) -> None:
    assert make.registration(age=13).state is RegistrationState.HELD
    assert make.registration(age=14).state is RegistrationState.CONFIRMED


def test_a_full_slot_refuses_and_leaves_nothing_behind(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    user = make.user()
    person = make.person(user, name="陈思远")
    with pytest.raises(problems.SlotFull):
        make.do(operations.register, person.id, slot.id, by=user.id, at=now())
    assert db.session.query(Registration).filter_by(person_id=person.id).count() == 0
    assert taken(slot.id) == 1
