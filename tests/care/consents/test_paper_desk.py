"""Signed forms at the desk: typed in with a photo by one person, compared by another."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.care.consents.models import PaperAnswer
from app.core.audit import AccessEntry
from app.core.db import db
from app.events.models import Registration, RegistrationState
from app.organisations.models import MembershipRole
from app.people.consents.models import Consent, Strength
from tests.consents import guardian_places
from tests.factories import Factory
from tests.photos import telling_photo
from tests.signing_in import Personas, signed_in

Places = dict[str, str]


@pytest.fixture
def places(make: Factory, personas: Personas) -> Places:
    """A child's place that waits for a guardian, at an event of the host and of a pupil of the school."""
    return guardian_places(make, make.event(personas.host), make.user("林建国"), personas.school)


@pytest.fixture
def colleague(app: Flask, make: Factory, personas: Personas) -> FlaskClient:
    """Somebody else of the host's staff."""
    return signed_in(app, make.member(personas.host, MembershipRole.STAFF, make.user("陈老师")))


def type_in(browser: FlaskClient, places: Places, **changed: object) -> int:
    """Type the paper in as it came; returns the status."""
    sent = {"photo": (BytesIO(telling_photo()), "paper.jpg"), "name": "何建平", "relation": "father"}
    typed = {**sent, "takes_part": "yes", "photos": "y", **changed}
    kept = {name: value for name, value in typed.items() if value is not None}
    return browser.post(f"/registrations/{places['held']}/guardian/paper", data=kept).status_code


def paper(app: Flask) -> PaperAnswer:
    with app.app_context():
        return db.session.query(PaperAnswer).order_by(PaperAnswer.id.desc()).first() or PaperAnswer()


def state(app: Flask, places: Places) -> RegistrationState:
    with app.app_context():
        return db.session.get_one(Registration, int(places["held"])).state


def test_it_counts_once_a_second_person_has_compared_it(
    app: Flask, personas: Personas, colleague: FlaskClient, places: Places
) -> None:
    assert type_in(personas.staff, places) == 303
    assert state(app, places) is RegistrationState.HELD
    assert f'value="{paper(app).id}"' in colleague.get("/papers").text
    assert colleague.post("/papers/confirmation", data={"paper": paper(app).id}).status_code == 303
    assert state(app, places) is RegistrationState.CONFIRMED
    with app.app_context():
        strengths = {one.strength for one in db.session.query(Consent).filter(Consent.entered_by_id.is_not(None))}
    assert strengths == {Strength.PAPER}


def test_whoever_typed_it_in_cannot_confirm_it(app: Flask, personas: Personas, places: Places) -> None:
    type_in(personas.staff, places)
    assert f'name="paper" value="{paper(app).id}"' not in personas.staff.get("/papers").text
    personas.staff.post("/papers/confirmation", data={"paper": paper(app).id})
    assert state(app, places) is RegistrationState.HELD


def test_a_school_types_in_for_its_own_pupils_and_the_host_confirms(
    app: Flask, personas: Personas, places: Places
) -> None:
    assert type_in(personas.school_office, places) == 303
    personas.staff.post("/papers/confirmation", data={"paper": paper(app).id})
    assert state(app, places) is RegistrationState.CONFIRMED


@pytest.mark.parametrize("missing", ["photo", "name", "relation", "takes_part"])
def test_what_is_missing_is_asked_for(app: Flask, personas: Personas, places: Places, missing: str) -> None:
    assert type_in(personas.staff, places, **{missing: None}) == 422
    assert paper(app).id is None


def test_a_carer_by_mandate_cannot_have_signed(app: Flask, personas: Personas, places: Places) -> None:
    assert type_in(personas.staff, places, name="何奶奶", relation="carer") == 422
    assert paper(app).id is None


def test_rejected_it_counts_for_nothing_loses_its_photo_and_goes_back(
    app: Flask, personas: Personas, colleague: FlaskClient, places: Places
) -> None:
    type_in(personas.staff, places)
    address = f"/papers/{paper(app).id}"
    assert colleague.post(f"{address}/rejection", data={"why": ""}).status_code == 422
    assert colleague.post(f"{address}/rejection", data={"why": "签名看不清"}).status_code == 303
    assert colleague.post(f"{address}/rejection", data={"why": "签名看不清"}).status_code == 422
    assert colleague.get(f"{address}/photo").status_code == 404
    assert "签名看不清" in personas.staff.get("/papers").text
    colleague.post("/papers/confirmation", data={"paper": paper(app).id})
    assert state(app, places) is RegistrationState.HELD


def test_typed_in_anew_it_takes_the_place_of_what_waited(app: Flask, personas: Personas, places: Places) -> None:
    type_in(personas.staff, places)
    type_in(personas.staff, places, photos=None)
    with app.app_context():
        waiting = db.session.query(PaperAnswer).filter(PaperAnswer.dropped_at.is_(None)).all()
        assert [one.answers["photos"] for one in waiting] == ["no"]


def test_the_photo_is_sealed_tells_nothing_else_and_who_looks_is_written_down(
    app: Flask, personas: Personas, colleague: FlaskClient, places: Places
) -> None:
    type_in(personas.staff, places)
    shown = colleague.get(f"/papers/{paper(app).id}/photo")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert b"TongxingPhone" not in shown.data
    with app.app_context():
        kept = db.session.get_one(PaperAnswer, paper(app).id).photo or b""
        assert shown.data[:200] not in kept
        assert db.session.query(AccessEntry).filter_by(record="paper").count() == 1


def test_other_houses_find_none_of_it(app: Flask, personas: Personas, places: Places) -> None:
    type_in(personas.staff, places)
    number = paper(app).id
    browser = personas.outsider
    assert browser.get(f"/papers/{number}/photo").status_code == 404
    assert browser.post("/papers/confirmation", data={"paper": number}).status_code == 404
    assert browser.get(f"/papers?number={places['held']}").status_code == 404
    assert "何小禾" not in browser.get("/papers").text


def test_the_number_on_the_form_leads_to_the_child(personas: Personas, places: Places) -> None:
    found = personas.staff.get(f"/papers?number={places['held']}")
    assert found.headers["Location"] == f"/registrations/{places['held']}/guardian/paper"
    assert personas.staff.get("/papers?number=nonsense").status_code == 200


def test_the_forms_of_an_event_are_printed_and_that_is_written_down(
    app: Flask, personas: Personas, places: Places
) -> None:
    with app.app_context():
        event_id = db.session.get_one(Registration, int(places["held"])).slot.event_id
    printed = personas.staff.get(f"/desk/events/{event_id}/guardians/papers.pdf")
    assert printed.data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", printed.data)) <= 2
    with app.app_context():
        assert db.session.query(AccessEntry).filter_by(record="consent_forms").one().people == 1
    assert personas.staff.get(f"/desk/events/{event_id}/guardians/papers.pdf?class=none").status_code == 404
