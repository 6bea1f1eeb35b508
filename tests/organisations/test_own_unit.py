"""A manager's own unit."""

import pytest
from flask import Flask

from app.core.db import db
from app.organisations.models import MembershipRole, Organisation
from tests.factories import Factory
from tests.signing_in import Personas

MANAGER = MembershipRole.MANAGER
TOLD = {"place": "文昌路 1 号", "introduction": "四十年了。", "seal_text": "共青团清溪县委员会"}


def place_of(app: Flask, unit: Organisation) -> str:
    """Return where a unit says it is."""
    with app.app_context():
        return db.session.get_one(Organisation, unit.id).place


def test_a_manager_tells_about_the_own_unit(app: Flask, personas: Personas) -> None:
    assert personas.manager.post("/desk/unit", data=TOLD).status_code == 303
    page = personas.manager.get("/desk/unit").text
    assert "四十年了。" in page
    assert "地址：– → 文昌路 1 号" in page
    assert "四十年了。" in personas.anonymous.get(f"/organisations/{personas.host.id}").text
    assert place_of(app, personas.host) == "文昌路 1 号"


def test_its_name_is_not_for_the_manager_to_change(app: Flask, personas: Personas) -> None:
    name = personas.host.name
    personas.manager.post("/desk/unit", data=TOLD | {"name": "别的名字", "short_name": "别", "kind": "school"})
    with app.app_context():
        unit = db.session.get_one(Organisation, personas.host.id)
        assert (unit.name, unit.short_name, unit.kind) == (name, "", "host")


def test_what_cannot_be_told_stays_in_the_form(app: Flask, personas: Personas) -> None:
    answer = personas.manager.post("/desk/unit", data=TOLD | {"phone": "1" * 41})
    assert answer.status_code == 422
    assert "四十年了。" in answer.text
    assert place_of(app, personas.host) == ""


def test_a_schools_manager_has_the_same_page(app: Flask, personas: Personas, make: Factory) -> None:
    manager = personas.young(make.member(personas.school, MANAGER))
    data = TOLD | {"school_levels": ["high"]}
    assert manager.post("/school/unit", data=data).status_code == 303
    assert "高中" in personas.anonymous.get(f"/organisations/{personas.school.id}").text
    assert manager.get("/desk/unit").status_code == 404


@pytest.mark.parametrize("who", ["staff", "outsider", "school_office", "auditor", "administrator"])
def test_whoever_manages_nothing_has_no_such_page(personas: Personas, who: str) -> None:
    browser = getattr(personas, who)
    for address in ("/desk/unit", "/school/unit"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, data=TOLD).status_code == 403


def test_nobody_reaches_another_unit_by_its_number(app: Flask, personas: Personas) -> None:
    personas.manager.post("/desk/unit", data=TOLD | {"unit": personas.other_host.id})
    assert place_of(app, personas.other_host) == ""
    assert place_of(app, personas.host) == "文昌路 1 号"


def test_whoever_manages_two_says_which(app: Flask, personas: Personas, make: Factory) -> None:
    second = make.organisation()
    manager = personas.young(make.member(second, MANAGER, make.member(personas.host, MANAGER)))
    manager.post("/desk/unit", data=TOLD | {"unit": second.id})
    assert place_of(app, second) == "文昌路 1 号"
    assert place_of(app, personas.host) == ""
    assert second.name in manager.get(f"/desk/unit?unit={second.id}").text
