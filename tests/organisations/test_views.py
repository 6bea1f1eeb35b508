"""Somebody who works in several places switches between them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.organisations.models import MembershipRole
from app.organisations.operations import add_member, end_membership
from tests.factories import Factory
from tests.signing_in import signed_in


@pytest.fixture
def busy(app: Flask, make: Factory) -> tuple[FlaskClient, dict[str, int]]:
    """Somebody who works for two hosts and a school, and administers, with an event at each host."""
    user = make.user("苏小禾")
    hosts = [make.organisation(name="青少年宫"), make.organisation(name="团县委")]
    school = make.school("文昌中学")
    for unit in (*hosts, school):
        make.member(unit, user=user)
    make.member(hosts[0], MembershipRole.ADMINISTRATOR, user)
    for host, title in zip(hosts, ("古镇文化日", "河边清洁日"), strict=True):
        make.event(host, title=title)
    return signed_in(app, user), {"palace": hosts[0].id, "league": hosts[1].id, "school": school.id}


def switched(browser: FlaskClient, view: object) -> str:
    """Choose a view and return where that leads."""
    assert browser.post("/view", data={"view": view}).location == "/start"
    return str(browser.get("/start").location)


def test_each_view_leads_to_its_desk_and_is_remembered(busy: tuple[FlaskClient, dict[str, int]]) -> None:
    browser, unit = busy
    assert browser.get("/start").location == "/desk/events"
    for view, address in (
        ("mine", "/mine"),
        ("admin", "/admin/organisations"),
        (unit["school"], "/school/registrations"),
        (unit["league"], "/desk/events"),
    ):
        assert switched(browser, view) == address
        assert browser.get("/start").location == address


def test_a_view_narrows_the_list_and_not_the_rights(busy: tuple[FlaskClient, dict[str, int]], make: Factory) -> None:
    browser, unit = busy
    switched(browser, unit["palace"])
    page = browser.get("/desk/events").text
    assert ("古镇文化日" in page, "河边清洁日" in page) == (True, False)
    switched(browser, unit["league"])
    page = browser.get("/desk/events").text
    assert ("古镇文化日" in page, "河边清洁日" in page) == (False, True)
    assert browser.get("/school/registrations").status_code == 200
    assert browser.get("/admin/organisations").status_code == 200


def test_a_new_event_is_the_hosts_in_view_unless_another_is_chosen(busy: tuple[FlaskClient, dict[str, int]]) -> None:
    browser, unit = busy
    for first, second in (("palace", "league"), ("league", "palace")):
        switched(browser, unit[first])
        select = browser.get("/desk/events/new").text.split('name="host_id"', 1)[1].split("</select>", 1)[0]
        assert re.findall(r'value="(\d+)"', select) == [str(unit[first]), str(unit[second])]
        assert "selected" not in select.split("</option>", 1)[1]


def test_ones_own_view_is_not_called_like_the_tab_beside_it(busy: tuple[FlaskClient, dict[str, int]]) -> None:
    browser, _unit = busy
    switched(browser, "mine")
    masthead = browser.get("/mine").text.split("<header", 1)[1].split("</header>", 1)[0]
    assert re.findall(r">\s*(我的|个人)\s*<", masthead) == ["我的", "个人", "个人"]


def test_the_side_navigation_shows_the_view_alone(busy: tuple[FlaskClient, dict[str, int]]) -> None:
    browser, unit = busy

    def navigation(address: str) -> str:
        return browser.get(address).text.split('class="sidenav"', 1)[1]

    switched(browser, unit["school"])
    assert 'href="/desk/events"' not in navigation("/school/registrations")
    switched(browser, "admin")
    assert 'href="/school/registrations"' not in navigation("/admin/organisations")
    assert 'href="/admin/accounts"' in navigation("/admin/organisations")


@pytest.mark.parametrize("view", ["", "999999", "../admin", "mine\0", "x" * 5000])
def test_what_is_no_view_changes_nothing(busy: tuple[FlaskClient, dict[str, int]], view: str) -> None:
    browser, unit = busy
    switched(browser, unit["school"])
    assert switched(browser, view) == "/school/registrations"


def test_the_view_of_a_unit_that_one_left_is_gone(app: Flask, make: Factory) -> None:
    user, host = make.user(), make.organisation()
    membership = make.do(add_member, user.id, host.id, MembershipRole.STAFF, at=now())
    make.member(make.school(), user=user)
    browser = signed_in(app, user)
    assert switched(browser, host.id) == "/desk/events"
    make.do(end_membership, membership.id, at=now())
    assert browser.get("/start").location == "/school/registrations"


def test_whoever_works_in_one_place_is_offered_no_switch(app: Flask, make: Factory) -> None:
    page = signed_in(app, make.member(make.organisation())).get("/desk/events").text
    assert 'action="/view"' not in page
