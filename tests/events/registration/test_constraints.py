"""What the database itself refuses, whoever writes it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.events.models import Registration
from app.people.ages import fourteen_on
from app.people.models import Person
from tests.factories import Factory, born


def execute(statement: str, **values: Any) -> None:
    """Run plain SQL past every rule of ours."""
    db.session.rollback()
    with db.engine.begin() as connection:
        assert connection.execute(text(statement), values).rowcount == 1
    db.session.expire_all()


def test_a_confirmed_place_of_a_child_is_refused(inside: Flask, make: Factory) -> None:
    held = make.registration(age=13)
    with pytest.raises(IntegrityError, match="no_child_without_consent"):
        execute("UPDATE registrations SET state = 'confirmed' WHERE id = :id", id=held.id)


def test_lying_about_the_childs_age_is_refused(inside: Flask, make: Factory) -> None:
    held = make.registration(age=13)
    lie = local_day(now()).replace(year=2020)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        execute("UPDATE registrations SET state = 'confirmed', fourteen_on = :on WHERE id = :id", on=lie, id=held.id)


def test_a_birth_date_that_is_put_right_reaches_the_places(inside: Flask, make: Factory) -> None:
    held = make.registration(age=12)
    put_right(held.person_id, born(13))
    assert db.session.get_one(Registration, held.id).fourteen_on == fourteen_on(born(13))


def test_somebody_with_a_confirmed_place_cannot_turn_out_to_be_a_child(inside: Flask, make: Factory) -> None:
    confirmed = make.registration(age=18)
    with pytest.raises(IntegrityError, match="no_child_without_consent"):
        transact(put_right_in, confirmed.person_id, born(12))
    person = db.session.get_one(Person, confirmed.person_id)
    assert person.born_on == born(18)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("taken = capacity + 1", "never_oversold"),
        ("taken = -1", "never_oversold"),
        ("capacity = 0", "never_oversold"),
        ("ends_at = starts_at", "ends_after_start"),
        ("closes_at = opens_at", "closes_after_opening"),
        ("min_age = max_age + 1", "ages"),
        ("form = 'party'", "form"),
    ],
)
def test_a_slot_that_cannot_be_is_refused(inside: Flask, make: Factory, change: str, constraint: str) -> None:
    slot = make.slot()
    make.registration(slot)
    with pytest.raises(IntegrityError, match=f"ck_slots_{constraint}"):
        execute(f"UPDATE slots SET {change} WHERE id = :id", id=slot.id)


def test_a_person_has_one_active_place_in_a_slot(inside: Flask, make: Factory) -> None:
    first = make.registration()
    copy = (
        "INSERT INTO registrations (slot_id, person_id, fourteen_on, registered_on, registered_at, registered_by_id,"
        " state, code, class_name) SELECT slot_id, person_id, fourteen_on, registered_on, registered_at,"
        " registered_by_id, state, '0000000000000000', class_name FROM registrations WHERE id = :id"
    )
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        execute(copy, id=first.id)


@pytest.mark.parametrize("change", ["state = 'cancelled'", "cancelled_at = registered_at", "state = 'perhaps'"])
def test_a_state_that_cannot_be_is_refused(inside: Flask, make: Factory, change: str) -> None:
    registration = make.registration()
    with pytest.raises(IntegrityError, match="ck_registrations_"):
        execute(f"UPDATE registrations SET {change} WHERE id = :id", id=registration.id)


def test_an_event_is_cancelled_with_a_reason_or_not_at_all(inside: Flask, make: Factory) -> None:
    event = make.event()
    with pytest.raises(IntegrityError, match="cancelled_with_a_reason"):
        execute("UPDATE events SET cancelled_at = created_at WHERE id = :id", id=event.id)


def put_right_in(person_id: int, born_on: date) -> None:
    """Change a birth date; an operation."""
    db.session.get_one(Person, person_id).born_on = born_on


def put_right(person_id: int, born_on: date) -> None:
    """Change a birth date."""
    transact(put_right_in, person_id, born_on)
    db.session.expire_all()
