"""The administrator's pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import add_member
from tests.factories import PASSWORD, Factory
from tests.signing_in import Personas, signed_in

PATHS = [
    "/admin/organisations",
    "/admin/organisations/new",
    "/admin/organisations/{id}",
    "/admin/organisations/{id}/edit",
]
NEW = {"name": "文昌中学", "kind": "school", "place": "文昌路 1 号", "phone": "0731-1234567"}
MEMBER = {"name": "苏小禾", "identifier": "suxiaohe", "role": "staff", "password": PASSWORD}


def found(app: Flask, name: str) -> Organisation | None:
    """Return the unit of a name."""
    with app.app_context():
        return db.session.query(Organisation).filter_by(name=name).one_or_none()


def may_use_the_desk(browser: FlaskClient) -> bool:
    """Return whether somebody gets to an organiser's desk."""
    return browser.get("/desk/events").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_only_an_administrator_gets_in(personas: Personas, path: str) -> None:
    address = path.format(id=personas.host.id)
    assert personas.administrator.get(address).status_code == 200
    others = (personas.staff, personas.manager, personas.school_office, personas.auditor, personas.young())
    assert [browser.get(address).status_code for browser in others] == [403] * 5
    assert personas.anonymous.get(address).status_code == 302


def test_a_unit_is_entered_and_edited(app: Flask, personas: Personas) -> None:
    browser = personas.administrator
    answer = browser.post("/admin/organisations/new", data=NEW)
    assert answer.status_code == 303
    assert "文昌路 1 号" in browser.get(answer.location).text
    assert "文昌中学" in browser.get("/admin/organisations").text
    assert browser.post(answer.location + "/edit", data=NEW | {"name": "文昌初中"}).status_code == 303
    unit = found(app, "文昌初中")
    assert unit is not None
    assert unit.kind is OrganisationKind.SCHOOL


@pytest.mark.parametrize("change", [{"name": ""}, {"name": " 　"}, {"name": "长" * 61}, {"kind": "bank"}, {"kind": ""}])
def test_what_cannot_be_entered_stays_in_the_form(app: Flask, personas: Personas, change: dict[str, str]) -> None:
    answer = personas.administrator.post("/admin/organisations/new", data=NEW | change)
    assert answer.status_code == 422
    assert "文昌路 1 号" in answer.text
    assert found(app, (NEW | change)["name"]) is None


def test_a_second_unit_of_one_name_is_refused_beside_the_name(personas: Personas) -> None:
    browser = personas.administrator
    browser.post("/admin/organisations/new", data=NEW)
    answer = browser.post("/admin/organisations/new", data=NEW)
    assert answer.status_code == 422
    assert 'id="name-errors"' in answer.text
    unit = browser.post(f"/admin/organisations/{personas.host.id}/edit", data=NEW)
    assert unit.status_code == 422


def test_a_new_member_signs_in_and_finds_the_desk(app: Flask, personas: Personas) -> None:
    address = f"/admin/organisations/{personas.host.id}"
    assert personas.administrator.post(address, data=MEMBER).status_code == 303
    assert "苏小禾" in personas.administrator.get(address).text
    browser = app.test_client()
    browser.post("/sign-in", data={"identifier": "SuXiaohe", "password": PASSWORD})
    assert may_use_the_desk(browser)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"identifier": ""},
        {"identifier": "two words"},
        {"password": "short"},
        {"role": "king"},
        {"role": ""},
    ],
)
def test_a_member_who_cannot_be_entered_stays_in_the_form(personas: Personas, change: dict[str, str]) -> None:
    address = f"/admin/organisations/{personas.host.id}"
    answer = personas.administrator.post(address, data=MEMBER | change)
    assert answer.status_code == 422
    assert (MEMBER | change)["identifier"] in answer.text


def test_a_taken_identifier_is_refused_beside_it(personas: Personas) -> None:
    address = f"/admin/organisations/{personas.host.id}"
    personas.administrator.post(address, data=MEMBER)
    answer = personas.administrator.post(address, data=MEMBER | {"name": "别人"})
    assert answer.status_code == 422
    assert 'id="identifier-errors"' in answer.text


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_a_school_is_offered_no_administrators(personas: Personas, role: str) -> None:
    address = f"/admin/organisations/{personas.school.id}"
    assert f'value="{role}"' not in personas.administrator.get(address).text
    assert personas.administrator.post(address, data=MEMBER | {"role": role}).status_code == 422


def test_who_leaves_is_a_stranger_at_the_next_request(app: Flask, personas: Personas, make: Factory) -> None:
    user = make.user("苏小禾")
    membership = _hire(make, user.id, personas.host.id)
    browser = signed_in(app, user)
    assert may_use_the_desk(browser)
    answer = personas.administrator.post(f"/admin/memberships/{membership}/end")
    assert answer.status_code == 303
    assert not may_use_the_desk(browser)
    assert personas.administrator.post(f"/admin/memberships/{membership}/end").status_code == 303


def test_the_last_administrator_reads_why_not(app: Flask, make: Factory) -> None:
    host, user = make.organisation(), make.user()
    membership = _hire(make, user.id, host.id, MembershipRole.ADMINISTRATOR)
    browser = signed_in(app, user)
    answer = browser.post(f"/admin/memberships/{membership}/end", follow_redirects=True)
    assert "banner--bad" in answer.text
    assert browser.get("/admin/organisations").status_code == 200


def test_what_is_not_there_is_not_found(personas: Personas) -> None:
    browser = personas.administrator
    for number in (999_999, 10**30):
        assert browser.get(f"/admin/organisations/{number}").status_code == 404
        assert browser.get(f"/admin/organisations/{number}/edit").status_code == 404
        assert browser.post(f"/admin/memberships/{number}/end").status_code == 404


def test_only_an_administrator_ends_a_membership(personas: Personas, make: Factory) -> None:
    membership = make.membership(personas.host)
    for browser in (personas.manager, personas.outsider, personas.young()):
        assert browser.post(f"/admin/memberships/{membership.id}/end").status_code == 403


def _hire(make: Factory, user_id: int, unit_id: int, role: MembershipRole = MembershipRole.STAFF) -> int:
    return make.do(add_member, user_id, unit_id, role, at=now()).id


def test_an_account_that_is_there_already_can_be_given_the_role(personas: Personas, make: Factory, app: Flask) -> None:
    teacher = make.user("周建国")
    address, data = f"/admin/organisations/{personas.host.id}", MEMBER | {"identifier": str(teacher.phone)}
    refused = personas.administrator.post(address, data=data)
    assert "已有这个账号：只加角色" in refused.text
    assert personas.administrator.post(address, data=data | {"existing": "y"}).status_code == 303
    browser = app.test_client()
    browser.post("/sign-in", data={"identifier": teacher.phone, "password": PASSWORD})
    assert may_use_the_desk(browser)


def test_nobody_gets_a_role_who_has_no_account(personas: Personas) -> None:
    address = f"/admin/organisations/{personas.host.id}"
    answer = personas.administrator.post(address, data=MEMBER | {"existing": "y"})
    assert answer.status_code == 422
    assert "还没有用这个手机号" in answer.text
