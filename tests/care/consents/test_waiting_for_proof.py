"""A guardian has agreed, and it has yet to be proven who that was: the place says so, wherever it is shown."""

from datetime import timedelta

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select, text

from app.core.clock import now
from app.core.db import db
from app.events import announcing
from app.events.models import Registration, RegistrationState
from app.events.registration.operations import register
from app.events.words import PROOF_MISSING, state_words
from app.people.consents.models import ConsentInForce
from tests.consents import agreed, guardian_places, say, take_back
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED
DAY = timedelta(days=1)
WORDS = "已占位，等老师核实"


def fresh(one: Registration) -> Registration:
    db.session.expire_all()
    return db.session.get_one(Registration, one.id)


def test_a_childs_place_leans_on_the_unproven_answer_until_it_is_proven(inside: Flask, make: Factory) -> None:
    child = make.registration(age=12)
    assert not fresh(child).is_agreed
    say(make, child)
    assert (fresh(child).state, fresh(child).is_agreed, fresh(child).consent_proven) == (HELD, True, False)
    assert state_words(fresh(child)) == PROOF_MISSING
    agreed(make, child)
    assert (fresh(child).state, fresh(child).is_agreed, fresh(child).consent_proven) == (CONFIRMED, False, True)


def test_whoever_signs_up_within_an_answered_scope_waits_for_the_call_alone(inside: Flask, make: Factory) -> None:
    event = make.event()
    first = make.registration(event.slots[0], age=12)
    say(make, first)
    other = make.slot(event)
    again = make.do(register, first.person_id, other.id, by=first.registered_by_id, at=now())
    assert (fresh(again).state, fresh(again).is_agreed) == (HELD, True)


def test_taken_back_nothing_leans_on_it_any_more(inside: Flask, make: Factory) -> None:
    child = make.registration(age=12)
    take_back(make, child, say(make, child))
    assert (fresh(child).state, fresh(child).consent_id) == (RegistrationState.CANCELLED, None)
    assert db.session.scalar(select(ConsentInForce)) is None


def test_another_day_asks_whoever_had_answered_again(inside: Flask, make: Factory) -> None:
    begins = now() + 20 * DAY
    slot = make.slot(starts_at=begins, ends_at=begins + timedelta(hours=1), closes_at=begins)
    child = make.registration(slot, age=12)
    say(make, child)
    make.do(announcing.postpone_event, slot.event_id, begins + DAY, "场馆有事", by=make.user().id, at=now())
    assert (fresh(child).state, fresh(child).is_agreed) == (HELD, False)


@pytest.fixture
def shown(app: Flask, make: Factory, personas: Personas) -> dict[str, str]:
    """The pages on which the place of a child is shown whose guardian has agreed by link."""
    family = make.user("林建国")
    places = guardian_places(make, make.event(personas.host), family, personas.school)
    event_id, slot_id = _numbers(app, int(places["held"]))
    browser = signed_in(app, family)
    return {
        "mine": browser.get("/mine").text,
        "place": browser.get(f"/registrations/{places['held']}").text,
        "sign-up": browser.get(f"/slots/{slot_id}/registration").text,
        "desk": personas.staff.get(f"/desk/events/{event_id}/registrations").text,
        "person": personas.staff.get(f"/desk/registrations/{places['held']}").text,
        "school": personas.school_office.get("/school/registrations").text,
    }


def _numbers(app: Flask, held_id: int) -> tuple[int, int]:
    with app.app_context():
        held = db.session.get_one(Registration, held_id)
        return held.slot.event_id, held.slot_id


def test_every_page_of_the_place_says_what_is_missing(shown: dict[str, str]) -> None:
    assert {name for name, page in shown.items() if WORDS not in page} == set()


def test_places_that_were_held_before_lean_on_their_answers_too(inside: Flask, make: Factory) -> None:
    child, silent = make.registration(age=12), make.registration(age=12)
    say(make, child)
    numbers = (child.id, silent.id)
    db.session.close()
    flask_migrate.downgrade(revision="0038")
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM registrations WHERE consent_id IS NOT NULL")) == 0
    flask_migrate.upgrade()
    assert [db.session.get_one(Registration, number).is_agreed for number in numbers] == [True, False]
