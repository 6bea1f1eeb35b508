"""Invitation links: made and closed by staff, opened by whoever got one."""

from typing import Any

import pytest

from app.core.db import db
from app.events.models import InvitationLink, Registration, Slot, WayIn
from tests.events.test_desk import clock
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

ASKED = {"note": "雁南小学合唱团", "most_uses": "2", "expires_at": clock(2, 9)}


@pytest.fixture
def slot(personas: Personas, make: Factory) -> Slot:
    """A slot of the staff's own host that only those invited come into."""
    return make.event(personas.host, way_in=WayIn.INVITATION).slots[0]


def links(personas: Personas) -> list[tuple[int, str, int, bool]]:
    """Return the links: number, code, uses, whether closed."""
    with personas.app.app_context():
        known = db.session.query(InvitationLink).order_by(InvitationLink.id)
        return [(one.id, one.code, one.uses, one.closed_at is not None) for one in known]


def made(personas: Personas, slot: Slot, **changes: Any) -> tuple[int, str]:
    """Make a link and return its number and code."""
    answer = personas.staff.post(f"/desk/slots/{slot.id}/invitations", data=ASKED | changes)
    assert answer.status_code == 303
    number, code, _uses, _closed = links(personas)[-1]
    return number, code


def test_a_link_is_made_and_can_be_copied_and_shown(personas: Personas, slot: Slot) -> None:
    number, code = made(personas, slot)
    page = personas.staff.get(f"/desk/slots/{slot.id}/invitations").text
    assert f"/i/{code}" in page
    assert "雁南小学合唱团" in page
    image = personas.staff.get(f"/desk/invitations/{number}/code.png")
    assert image.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("field", "typed"), [("note", ""), ("most_uses", "0"), ("most_uses", "x"), ("expires_at", clock(-1, 9))]
)
def test_what_is_wrong_is_said_beside_the_field(personas: Personas, slot: Slot, field: str, typed: str) -> None:
    answer = personas.staff.post(f"/desk/slots/{slot.id}/invitations", data=ASKED | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert ('value="雁南小学合唱团"' in answer.text) == (field != "note")
    assert links(personas) == []


def test_whoever_opens_the_link_signs_up_by_it(personas: Personas, make: Factory, slot: Slot) -> None:
    _number, code = made(personas, slot)
    page = personas.anonymous.get(f"/i/{code}")
    assert page.status_code == 200
    onward = f"/slots/{slot.id}/registration?invitation={code}"
    assert onward in page.text
    user = make.user()
    person, browser = make.person(user), signed_in(personas.app, user)
    form = browser.get(onward)
    assert code in form.text
    answer = browser.post(onward, data={"person_id": str(person.id), "invitation": code})
    assert answer.status_code == 303
    with personas.app.app_context():
        assert db.session.query(Registration).filter_by(person_id=person.id).one().invitation_id
    assert links(personas)[0][2] == 1


def test_a_closed_link_says_why_and_closing_twice_is_closing(personas: Personas, slot: Slot) -> None:
    number, code = made(personas, slot)
    for _ in range(2):
        assert personas.staff.post(f"/desk/invitations/{number}/closing").status_code == 303
    page = personas.anonymous.get(f"/i/{code}")
    assert page.status_code == 200
    assert "registration?invitation" not in page.text
    assert "banner--gold" in page.text


def test_an_unknown_link_and_one_to_a_draft_lead_nowhere(personas: Personas, make: Factory, slot: Slot) -> None:
    assert personas.anonymous.get("/i/0000000000000000").status_code == 404
    assert personas.anonymous.get("/i/nonsense").status_code == 404
    draft = make.event(personas.host, is_published=False).slots[0]
    _number, code = made(personas, draft)
    assert personas.anonymous.get(f"/i/{code}").status_code == 404
    assert personas.staff.get(f"/i/{code}").status_code == 200


def test_another_host_finds_nothing(personas: Personas, slot: Slot) -> None:
    number, _code = made(personas, slot)
    assert personas.outsider.get(f"/desk/slots/{slot.id}/invitations").status_code == 404
    assert personas.outsider.get(f"/desk/invitations/{number}/code.png").status_code == 404
    assert personas.outsider.post(f"/desk/invitations/{number}/closing").status_code == 404
    assert personas.school_office.get(f"/desk/slots/{slot.id}/invitations").status_code == 403
