"""For whom an administrator and a manager may print a slip."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.organisations.models import MembershipRole
from app.organisations.operations import add_member
from tests.factories import Factory
from tests.searches import search, searched
from tests.signing_in import Personas, signed_in


def membership(make: Factory, user: User, unit_id: int, role: MembershipRole = MembershipRole.STAFF) -> int:
    """Let an account work for a unit and return the membership's id."""
    return make.do(add_member, user.id, unit_id, role, at=now()).id


def is_offered(browser: FlaskClient, number: int) -> bool:
    """Return whether the page of the unit's staff has the button."""
    return f"/memberships/{number}/slip" in browser.get("/desk/staff").text


def test_a_manager_prints_one_for_a_member(personas: Personas, make: Factory) -> None:
    number = membership(make, make.user("苏小禾"), personas.host.id)
    assert is_offered(personas.manager, number)
    answer = personas.manager.post(f"/memberships/{number}/slip")
    assert answer.status_code == 303
    assert "苏小禾" in personas.manager.get(answer.location).text


@pytest.mark.parametrize("role", [MembershipRole.AUDITOR, MembershipRole.ADMINISTRATOR])
def test_a_manager_prints_none_for_who_has_a_role_in_the_whole_system(
    personas: Personas, make: Factory, role: MembershipRole
) -> None:
    user = make.user()
    number = membership(make, user, personas.host.id)
    membership(make, user, personas.other_host.id, role)
    assert not is_offered(personas.manager, number)
    assert personas.manager.post(f"/memberships/{number}/slip").status_code == 404


def test_a_manager_prints_none_for_who_works_elsewhere_too_or_works_here_no_more(
    personas: Personas, make: Factory
) -> None:
    user, gone = make.user(), make.user()
    number, left = membership(make, user, personas.host.id), membership(make, gone, personas.host.id)
    membership(make, user, personas.other_host.id)
    personas.manager.post(f"/memberships/{left}/end")
    for one in (number, left):
        assert personas.manager.post(f"/memberships/{one}/slip").status_code == 404


def test_a_new_role_voids_the_slip_that_was_made_before_it(app: Flask, personas: Personas, make: Factory) -> None:
    user = make.user()
    printed = personas.administrator.post(f"/admin/accounts/{user.id}/slip").location
    membership(make, user, personas.host.id, MembershipRole.MANAGER)
    assert personas.administrator.get(printed).status_code == 404


def test_nobody_prints_one_for_oneself(app: Flask, personas: Personas, make: Factory) -> None:
    user = make.user()
    number = membership(make, user, personas.host.id, MembershipRole.MANAGER)
    assert not is_offered(signed_in(app, user), number)
    assert signed_in(app, user).post(f"/memberships/{number}/slip").status_code == 404
    chief = make.member(personas.host, MembershipRole.ADMINISTRATOR)
    assert signed_in(app, chief).post(f"/admin/accounts/{chief.id}/slip").status_code == 404


def test_an_administrator_prints_one_for_anybody(personas: Personas, make: Factory) -> None:
    other = make.member(make.organisation(), MembershipRole.ADMINISTRATOR)
    for user in (make.user("林晓雨"), other):
        answer = personas.administrator.post(f"/admin/accounts/{user.id}/slip")
        assert personas.administrator.get(answer.location).status_code == 200
    assert personas.administrator.post("/admin/accounts/999999/slip").status_code == 404


@pytest.mark.parametrize("typed", ["林", "林晓", "138 0013 8000", "linxiaoyu@example.cn", "１３８００１３８０００"])
def test_an_account_is_found_by_its_name_or_by_what_it_signs_in_with(
    app: Flask, personas: Personas, make: Factory, typed: str
) -> None:
    make.user("别人")
    user = make.user("林晓雨", phone="13800138000")
    own = {
        "phone": "13800138000",
        "email": "LinXiaoyu@example.cn",
        "login_name": "",
        "password": "a password for tests",
    }
    assert signed_in(app, user).post("/account/sign-in-names", data=own).status_code == 303
    page = searched(personas.administrator, "/admin/accounts", typed).text
    assert ("林晓雨" in page, "别人" in page) == (True, False)


@pytest.mark.parametrize("typed", ["nobody here", "!!!", "%", "x" * 3000])
def test_a_search_that_finds_nobody_says_so(personas: Personas, typed: str) -> None:
    answer = searched(personas.administrator, "/admin/accounts", typed)
    assert answer.status_code == 200
    assert "没有找到账号" in answer.text


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_list_of_accounts_pages_by_key(personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.queries.PAGE", 2)
    names = ["丙", "甲", "乙", "丁", "丁"]
    for name in names:
        make.user(f"测试{name}")
    seen, address = [], search(personas.administrator, "/admin/accounts", "测试")
    while address:
        page = personas.administrator.get(address).text
        seen += [part[:3] for part in page.split('toolbar__grow">')[1:]]
        _, is_more, rest = page.partition('rel="next" href="')
        address = rest.split('"', 1)[0].replace("&amp;", "&") if is_more else ""
    assert seen == sorted(f"测试{name}" for name in names)
