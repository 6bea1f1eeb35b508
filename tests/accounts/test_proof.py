"""Signing in with a second factor, and what waits behind it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.accounts import proving, queries
from app.accounts.models import Browser, OneTimeCode, Session, User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole
from tests.core.test_links import ELSEWHERE
from tests.factories import PASSWORD, Factory
from tests.sessions import COOKIE
from tests.signing_in import signed_in

SHEET = "/account/second-factor"


@pytest.fixture
def admin(make: Factory) -> User:
    """An administrator who has not set anything up."""
    return make.member(make.organisation(), MembershipRole.ADMINISTRATOR)


def sign_in(client: FlaskClient, user: User, **typed: str) -> TestResponse:
    """Send the password."""
    return client.post("/sign-in", data={"identifier": str(user.phone), "password": PASSWORD} | typed)


def print_sheet(client: FlaskClient, app: Flask, user: User) -> list[str]:
    """Print ten codes as the page does, and return them."""
    answer = client.post(SHEET, data={"password": PASSWORD, "what": "codes"})
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    with app.app_context():
        return proving.printed(queries.printed_codes(user.id))


def test_an_administrator_is_led_to_set_it_up_and_back(app: Flask, client: FlaskClient, admin: User) -> None:
    assert sign_in(client, admin, next="/admin/organisations?q=x").location == "/admin/organisations?q=x"
    way = "/admin/organisations?q=x"
    for step in ("/second-factor?next=", f"{SHEET}?next="):
        answer = client.get(way)
        assert answer.status_code == 302
        assert answer.location.startswith(step)
        way = answer.location
    page = client.get(way)
    assert 'value="/admin/organisations?q=x"' in page.text
    typed = {"password": PASSWORD, "next": "/admin/organisations?q=x"}
    begun = client.post(SHEET, data=typed | {"what": "app"})
    assert begun.location == f"{SHEET}/app?next=/admin/organisations?q%3Dx"
    with app.app_context():
        found = queries.new_authenticator(admin.id)
        assert found is not None
        secret = proving.secret_of(found)
    shown = client.get(begun.location)
    assert " ".join(secret[i : i + 4] for i in range(0, 32, 4)) in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert client.post(f"{SHEET}/app", data={"code": "000000"}).status_code == 422
    done = client.post(f"{SHEET}/app", data={"code": TOTP(secret).at(now()), "next": "/admin/organisations?q=x"})
    assert (done.status_code, done.location) == (303, "/admin/organisations?q=x")
    assert client.get(done.location).status_code == 200


def test_the_password_alone_makes_nobody_an_administrator(app: Flask, client: FlaskClient, admin: User) -> None:
    browser = signed_in(app, admin, is_proven=False)
    assert browser.get("/mine").status_code == 200
    for address in ("/admin/organisations/new", "/admin/accounts", "/admin/organisations/1/staff"):
        assert browser.get(address).location.startswith("/second-factor")
    assert browser.post("/admin/accounts/1/slip").location.startswith("/second-factor")


def test_with_a_second_factor_the_password_alone_lets_nobody_in(app: Flask, make: Factory) -> None:
    user = make.user()
    codes = print_sheet(signed_in(app, user), app, user)
    browser = app.test_client()
    assert sign_in(browser, user, next="/mine/codes").location == "/second-factor?next=/mine/codes"
    assert browser.get("/mine").location == "/sign-in?next=/mine"
    assert browser.get("/sign-in?next=/mine").location == "/second-factor?next=/mine"
    assert "周建国" not in browser.get("/").text
    assert browser.post("/second-factor", data={"code": "00000000"}).status_code == 422
    answer = browser.post("/second-factor", data={"code": codes[0], "next": "/mine/codes"})
    assert (answer.status_code, answer.location) == (303, "/mine/codes")
    assert browser.get("/mine").status_code == 200


def test_passing_it_leaves_a_copied_cookie_behind(app: Flask, make: Factory) -> None:
    user = make.user()
    codes = print_sheet(signed_in(app, user), app, user)
    browser, thief = app.test_client(), app.test_client()
    sign_in(browser, user)
    half = browser.get_cookie(COOKIE)
    assert half is not None
    thief.set_cookie(COOKIE, half.value)
    browser.post("/second-factor", data={"code": codes[0]})
    assert browser.get("/mine").status_code == 200
    assert thief.get("/mine").status_code == 302
    assert thief.post("/second-factor", data={"code": codes[1]}).location.startswith("/sign-in")


def test_setting_it_up_leaves_a_copied_cookie_behind(app: Flask, make: Factory) -> None:
    user = make.user()
    browser, thief = signed_in(app, user), app.test_client()
    before = browser.get_cookie(COOKIE)
    assert before is not None
    thief.set_cookie(COOKIE, before.value)
    print_sheet(browser, app, user)
    assert (browser.get("/mine").status_code, thief.get("/mine").status_code) == (200, 302)


def test_a_sign_in_that_stops_halfway_is_over_after_a_quarter_of_an_hour(app: Flask, make: Factory) -> None:
    user = make.user()
    codes = print_sheet(signed_in(app, user), app, user)
    browser = app.test_client()
    sign_in(browser, user)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Session).values(last_seen_at=now() - timedelta(minutes=16)))
    assert browser.post("/second-factor", data={"code": codes[0]}).location.startswith("/sign-in")


def test_a_remembered_computer_is_asked_again_after_thirty_days_and_no_other_one_is_spared(
    app: Flask, make: Factory
) -> None:
    user = make.user()
    codes = print_sheet(signed_in(app, user), app, user)
    browser = app.test_client()
    sign_in(browser, user)
    browser.post("/second-factor", data={"code": codes[0], "remember": "y"})
    browser.post("/sign-out")
    assert sign_in(browser, user).location == "/start"
    assert sign_in(app.test_client(), user).location == "/second-factor"
    browser.post("/sign-out")
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Browser).values(remembered_until=now() - timedelta(seconds=1)))
    assert sign_in(browser, user).location == "/second-factor"


@pytest.mark.parametrize("what", ["app", "codes", "off", "", "nonsense"])
def test_nothing_changes_without_the_password(app: Flask, make: Factory, what: str) -> None:
    user = make.user()
    browser = signed_in(app, user)
    for wrong in ("", "wrong"):
        assert browser.post(SHEET, data={"password": wrong, "what": what}).status_code == 422
    with app.app_context():
        assert queries.new_authenticator(user.id) is None
        assert queries.printed_codes(user.id) == []


def test_who_knows_the_password_alone_puts_no_other_second_factor_in_its_place(app: Flask, make: Factory) -> None:
    user = make.user()
    browser = signed_in(app, user)
    codes = print_sheet(browser, app, user)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Session).values(proven_at=now() - timedelta(hours=13)))
    for what in ("app", "codes", "off"):
        answer = browser.post(SHEET, data={"password": PASSWORD, "what": what})
        assert answer.location == f"/second-factor?next={SHEET}"
    with app.app_context():
        assert queries.new_authenticator(user.id) is None
    assert browser.post("/second-factor", data={"code": codes[0], "next": SHEET}).location == SHEET
    assert print_sheet(browser, app, user) != codes


def test_a_sheet_is_shown_for_a_quarter_of_an_hour(app: Flask, make: Factory) -> None:
    user = make.user()
    browser = signed_in(app, user)
    print_sheet(browser, app, user)
    assert browser.get(f"{SHEET}/codes").headers["Cache-Control"] == "no-store"
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(OneTimeCode).values(made_at=now() - timedelta(minutes=16)))
    assert browser.get(f"{SHEET}/codes").location == SHEET


def test_an_administrator_takes_it_off_somebody_who_lost_the_phone(app: Flask, make: Factory, admin: User) -> None:
    user = make.user()
    print_sheet(signed_in(app, user), app, user)
    helper = signed_in(app, admin)
    assert helper.post(f"/admin/accounts/{user.id}/second-factor/removal").status_code == 303
    browser = app.test_client()
    assert sign_in(browser, user).location == "/start"
    assert "取消了二次验证" in browser.get("/account").text
    assert helper.post(f"/admin/accounts/{admin.id}/second-factor/removal").status_code == 404


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_proving_never_leads_elsewhere(app: Flask, make: Factory, target: str | None) -> None:
    user = make.user()
    codes = print_sheet(signed_in(app, user), app, user)
    browser = app.test_client()
    assert sign_in(browser, user, next=target or "").location == "/second-factor"
    answer = browser.post("/second-factor", data={"code": codes[0], "next": target or ""})
    assert answer.location == "/start"
