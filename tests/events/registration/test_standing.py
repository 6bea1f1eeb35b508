"""How it stands with a sign-up, in the words of its page: for a whole party, in line, signed up already, refused."""

from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from tests.events.registration.parties import far_slot, leave, together
from tests.factories import Factory
from tests.signing_in import signed_in

GROWN = 20


@pytest.fixture
def user(make: Factory) -> User:
    """Whoever signs up."""
    return cast(User, make.user())


@pytest.fixture
def browser(app: Flask, user: User) -> FlaskClient:
    """That account's browser, in English."""
    return signed_in(app, user, "en")


def test_an_offer_names_everybody_it_is_for(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=2)
    (first, _second) = together(make, slot, GROWN, GROWN)
    party = together(make, slot, GROWN, GROWN, user=user)
    leave(make, first, whole=True)
    page = browser.get(f"/registrations/{party[0].id}").text
    assert "It is your turn, 林晓甲, 林晓乙" in page
    assert "We take the places" in page
    assert page.count("Your turn, please answer") == 3, "of each, and of the one whose page it is"


def test_a_place_that_still_waits_for_a_guardian_is_not_called_yours(
    make: Factory, user: User, browser: FlaskClient
) -> None:
    slot = far_slot(make, capacity=1)
    (first,) = together(make, slot, GROWN)
    (child,) = together(make, slot, 9, user=user)
    leave(make, first)
    page = f"/registrations/{child.id}"
    assert browser.post(f"{page}/acceptance").location == page
    shown = browser.get(page).text
    assert "a guardian still has to agree" in shown
    assert "The place is yours" not in shown


def test_whoever_leaves_the_line_is_not_told_of_a_place_for_others(
    make: Factory, user: User, browser: FlaskClient
) -> None:
    slot = far_slot(make, capacity=1)
    together(make, slot, GROWN)
    (waiting,) = together(make, slot, GROWN, user=user)
    page = f"/registrations/{waiting.id}"
    assert browser.post(f"{page}/cancellation").location == page
    shown = browser.get(page).text
    assert "Your sign-up is taken back." in shown
    assert "free for somebody else" not in shown


def test_who_is_signed_up_already_finds_how_it_stands(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=1)
    together(make, slot, GROWN)
    (waiting,) = together(make, slot, GROWN, user=user)
    address = f"/slots/{slot.id}/registration"
    page = browser.get(address).text
    assert f'href="/registrations/{waiting.id}"' in page
    assert "On the waiting list" in page
    make.person(user, name="林晓新", age=GROWN)
    page = browser.get(address).text
    assert 'name="person_id"' in page
    assert f'href="/registrations/{waiting.id}"' in page


def test_of_several_the_refusal_names_the_one_it_is_about(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=5, min_age=14)
    people = [make.person(user, name=name, age=age) for name, age in (("林大", GROWN), ("林小", 9))]
    answer = browser.post(f"/slots/{slot.id}/registration", data={"person_id": [one.id for one in people]})
    assert answer.status_code == 422
    assert "林小: This is for people aged 14 and over." in answer.text
    assert "林大: " not in answer.text
    alone = browser.post(f"/slots/{slot.id}/registration", data={"person_id": [people[1].id]})
    assert "林小: " not in alone.text


def test_a_newcomer_reads_beforehand_that_it_is_full(make: Factory, browser: FlaskClient) -> None:
    slot = far_slot(make, capacity=1)
    address = f"/slots/{slot.id}/registration/child"
    assert "Join the waiting list" not in browser.get(address).text
    together(make, slot, GROWN)
    page = browser.get(address).text
    assert "Join the waiting list" in page
    assert "stand in line" in page
