"""The guardian's pages and the list of whom to call."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.audit import UNMASKED, AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.people.consents.guardians import GuardianWords, put_on_roster
from app.people.consents.models import ConsentInForce, GuardianRelation
from tests.consents import guardian_places
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

ENGLISH = {"Cookie": "language=en"}


@pytest.fixture
def places(make: Factory, personas: Personas) -> dict[str, str]:
    """A child's place that waits, with links, in an event of the personas' host."""
    event, school = make.event(personas.host), make.school()
    return guardian_places(make, event, make.user("林建国"), school)


def state(app: Flask, places: dict[str, str]) -> str:
    with app.app_context():
        return db.session.get_one(Registration, int(places["held"])).state


def answered(client: FlaskClient, places: dict[str, str], **typed: str) -> tuple[int, str]:
    """Answer the first child of the link; returns status and where it led."""
    address = f"/G/{places['guardian_link']}"
    fields = set(re.findall(r'name="(take_\d+)"', client.get(address).text))
    answer = client.post(address, data={"name": "王芳", "relation": "mother", **dict.fromkeys(fields, "yes"), **typed})
    return answer.status_code, answer.headers.get("Location", "")


def test_a_guardian_answers_without_an_account_and_gets_a_private_page(
    app: Flask, client: FlaskClient, places: dict[str, str]
) -> None:
    status, address = answered(client, places)
    assert status == 303
    assert places["guardian_link"] not in address
    assert "何小禾" in client.get(address).text
    assert state(app, places) == RegistrationState.HELD  # under 14 nobody has proven it yet


def test_nothing_is_ticked_before_the_guardian_does(client: FlaskClient, places: dict[str, str]) -> None:
    page = client.get(f"/G/{places['guardian_link']}").text
    assert " checked" not in page


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client: FlaskClient, places: dict[str, str]) -> None:
    answer = client.post(f"/G/{places['guardian_link']}", data={"name": "王芳"})
    assert answer.status_code == 422
    assert 'value="王芳"' in answer.text


def test_an_unknown_link_says_what_to_do(client: FlaskClient, personas: Personas) -> None:
    assert client.get("/G/AAAABBBBCCCCDDDD").status_code == 404


def test_the_first_link_withdraws_nothing(client: FlaskClient, places: dict[str, str]) -> None:
    assert client.post(f"/G/{places['guardian_link']}/withdrawal", data={"ask": "1"}).status_code == 404


def test_staff_calls_and_the_place_is_confirmed(app: Flask, personas: Personas, places: dict[str, str]) -> None:
    address = f"/registrations/{places['held']}/guardian/call"
    page = personas.staff.get(address).text
    (who,) = re.findall(r'name="guardian_id"[^>]*value="(\d+)"', page)
    at = re.findall(r'name="called_at"[^>]*value="([^"]+)"', page)[0]
    typed = {"guardian_id": who, "called_at": at, "takes_part": "yes"}
    assert personas.staff.post(address, data=typed).status_code == 303
    assert state(app, places) == RegistrationState.CONFIRMED


def test_the_list_names_whoever_waits(personas: Personas, app: Flask, places: dict[str, str]) -> None:
    with app.app_context():
        event_id = db.session.get_one(Registration, int(places["held"])).slot.event_id
    assert "何小禾" in personas.staff.get(f"/desk/events/{event_id}/guardians").text
    assert personas.outsider.get(f"/desk/events/{event_id}/guardians").status_code == 404


def test_another_family_finds_nothing(app: Flask, make: Factory, places: dict[str, str]) -> None:
    stranger = signed_in(app, make.user())
    assert stranger.get(f"/registrations/{places['held']}/guardian").status_code == 404


def test_staff_confirms_what_was_answered_and_overwrites_nothing_of_it(
    app: Flask, client: FlaskClient, personas: Personas, places: dict[str, str]
) -> None:
    page = client.get(f"/G/{places['guardian_link']}").text
    photos = re.findall(r'name="(photos_\d+)"', page)
    assert answered(client, places, **dict.fromkeys(photos, "y"))[0] == 303
    address = f"/registrations/{places['held']}/guardian/call"
    page = personas.staff.get(address).text
    at = re.findall(r'name="called_at"[^>]*value="([^"]+)"', page)[0]
    mother = re.findall(r'name="guardian_id"[^>]*value="(\d+)"', page)[-1]
    typed = {"guardian_id": mother, "called_at": at, "takes_part": "confirms"}
    assert personas.staff.post(address, data=typed).status_code == 303
    with app.app_context():
        held = db.session.query(ConsentInForce).one()
    assert (held.is_proven, set(held.agreed)) == (True, {"taking_part", "photos"})


def test_the_numbers_to_call_are_shown_on_demand_and_who_asked_is_written_down(
    app: Flask, make: Factory, personas: Personas, places: dict[str, str]
) -> None:
    with app.app_context():
        person_id = db.session.get_one(Registration, int(places["held"])).person_id
    mother = GuardianWords("王芳", GuardianRelation.MOTHER, "13712345678")
    make.do(put_on_roster, person_id, mother, make.school().id, by=make.user().id, at=now())
    address = f"/registrations/{places['held']}/guardian"
    assert "13712345678" not in personas.staff.get(f"{address}/call").text
    assert personas.outsider.post(f"{address}/phones").status_code == 404
    with app.app_context():
        before = db.session.query(AccessEntry).filter_by(action=UNMASKED).count()
    page = personas.staff.post(f"{address}/phones")
    assert "13712345678" in page.text and page.headers["Cache-Control"] == "no-store"
    with app.app_context():
        assert db.session.query(AccessEntry).filter_by(action=UNMASKED).count() == before + 1
