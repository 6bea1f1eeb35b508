"""The organiser's pages for places set aside for schools."""

from typing import Any

import pytest

from app.core.db import db
from app.events.models import Allotment, Slot
from app.organisations.models import Organisation
from tests.events.test_desk import clock
from tests.factories import Factory
from tests.signing_in import Personas


def asked(*schools: Organisation, **changes: Any) -> dict[str, Any]:
    """Return what the form sends."""
    values = {"name": "雁南镇", "places": "2", "release_at": clock(0, 0)}
    return values | {"school_ids": [str(school.id) for school in schools]} | changes


@pytest.fixture
def slot(personas: Personas, make: Factory) -> Slot:
    """A slot of the staff's own host, with five places."""
    return make.event(personas.host, capacity=5).slots[0]


def kept(personas: Personas) -> list[tuple[str, int, bool]]:
    """Return the shares: name, places, whether released."""
    with personas.app.app_context():
        return [(one.name, one.places, one.released_at is not None) for one in db.session.query(Allotment)]


def share_of(personas: Personas, slot: Slot, *schools: Organisation) -> int:
    """Set places aside and return the id."""
    assert personas.staff.post(f"/desk/slots/{slot.id}/allotments", data=asked(*schools)).status_code == 303
    with personas.app.app_context():
        return db.session.query(Allotment.id).order_by(Allotment.id.desc()).first()[0]


def test_places_are_set_aside_shown_and_said_on_the_public_page(personas: Personas, make: Factory, slot: Slot) -> None:
    school = make.school("雁南镇中学")
    address = f"/desk/slots/{slot.id}/allotments"
    assert "雁南镇中学" in personas.staff.get(address).text
    share_of(personas, slot, school)
    assert kept(personas) == [("雁南镇", 2, False)]
    assert "雁南镇中学" in personas.staff.get(address).text
    assert "2 个名额先留给雁南镇" in personas.anonymous.get(f"/events/{slot.event_id}").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("places", "0"),
        ("places", "99"),
        ("release_at", clock(9, 9)),
        ("school_ids", []),
        ("school_ids", ["0"]),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    personas: Personas, make: Factory, slot: Slot, field: str, typed: Any
) -> None:
    answer = personas.staff.post(f"/desk/slots/{slot.id}/allotments", data=asked(make.school()) | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert ('value="雁南镇"' in answer.text) == (field != "name")
    assert kept(personas) == []


def test_a_share_is_changed(personas: Personas, make: Factory, slot: Slot) -> None:
    school = make.school()
    address = f"/desk/allotments/{share_of(personas, slot, school)}"
    assert 'value="雁南镇"' in personas.staff.get(address).text
    answer = personas.staff.post(address, data=asked(school, name="雁北乡", places="9"))
    assert answer.status_code == 422
    assert 'id="places-errors"' in answer.text
    assert personas.staff.post(address, data=asked(school, name="雁北乡", places="4")).status_code == 303
    assert kept(personas) == [("雁北乡", 4, False)]


def test_a_share_is_released_and_twice_changes_nothing(personas: Personas, make: Factory, slot: Slot) -> None:
    address = f"/desk/allotments/{share_of(personas, slot, make.school())}/release"
    for _ in range(2):
        assert personas.staff.post(address).status_code == 303
    assert kept(personas) == [("雁南镇", 2, True)]


def test_a_share_that_nobody_used_is_removed(personas: Personas, make: Factory, slot: Slot) -> None:
    address = f"/desk/allotments/{share_of(personas, slot, make.school())}/removal"
    assert personas.staff.post(address).status_code == 303
    assert kept(personas) == []
    assert personas.staff.post(address).status_code == 404


def test_another_host_finds_nothing(personas: Personas, make: Factory, slot: Slot) -> None:
    number = share_of(personas, slot, make.school())
    assert personas.outsider.get(f"/desk/slots/{slot.id}/allotments").status_code == 404
    assert personas.outsider.get(f"/desk/allotments/{number}").status_code == 404
    for act in ("release", "removal"):
        assert personas.outsider.post(f"/desk/allotments/{number}/{act}").status_code == 404
    assert personas.school_office.get(f"/desk/slots/{slot.id}/allotments").status_code == 403
