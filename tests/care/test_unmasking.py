"""A phone number is shown whole to whoever says what for, once."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.db import db
from app.events.models import Registration
from tests.factories import Factory
from tests.signing_in import Personas

WHOLE = "13712345678"  # of the factory's people


@pytest.fixture
def place(make: Factory, personas: Personas) -> Registration:
    """A place at an event of the host."""
    return make.registration(make.going_on(personas.host).slots[0])


def said(app: Flask) -> list[tuple[str, str]]:
    """Return what is written down of phone numbers."""
    with app.app_context():
        found = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "phone"))
        return [(one.action, one.purpose) for one in found]


def test_it_is_masked_until_somebody_says_what_for(app: Flask, personas: Personas, place: Registration) -> None:
    address = f"/desk/registrations/{place.id}/phone"
    assert WHOLE not in personas.staff.get(f"/desk/registrations/{place.id}").text
    assert WHOLE not in personas.staff.get(address).text
    answer = personas.staff.post(address, data={"purpose": "emergency"})
    assert WHOLE in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert said(app) == [("unmask", "emergency")]
    assert WHOLE not in personas.staff.get(address).text


def test_without_a_purpose_there_is_no_number(app: Flask, personas: Personas, place: Registration) -> None:
    answer = personas.staff.post(f"/desk/registrations/{place.id}/phone", data={"purpose": "", "words": "找家长"})
    assert answer.status_code == 422
    assert WHOLE not in answer.text
    assert "找家长" in answer.text
    assert said(app) == []


def test_each_time_is_written_down(app: Flask, personas: Personas, place: Registration) -> None:
    for words in ("集合点变了", "还是没来"):
        personas.staff.post(f"/desk/registrations/{place.id}/phone", data={"purpose": "other", "words": words})
    assert said(app) == [("unmask", "集合点变了"), ("unmask", "还是没来")]


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("school_office", 403), ("auditor", 403)])
def test_others_get_none(app: Flask, personas: Personas, place: Registration, who: str, status: int) -> None:
    answer = getattr(personas, who).post(f"/desk/registrations/{place.id}/phone", data={"purpose": "check"})
    assert answer.status_code == status
    assert said(app) == []
