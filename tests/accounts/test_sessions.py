"""A session is a row on the server: whoever copied its cookie has nothing once it ended."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts import operations, staying
from app.accounts.models import Browser, Session
from app.accounts.passwords import hash_password
from app.core.clock import now
from app.core.db import db
from tests.counting import statements
from tests.factories import PASSWORD, Factory
from tests.sessions import COOKIE
from tests.signing_in import signed_in

PHONE = "13800138000"


def sign_in(client: FlaskClient, phone: str = PHONE) -> FlaskClient:
    """Sign in with the password and return the browser."""
    assert client.post("/sign-in", data={"identifier": phone, "password": PASSWORD}).status_code == 303
    return client


def is_in(client: FlaskClient) -> bool:
    """Return whether somebody is signed in."""
    return client.get("/mine").status_code == 200


def copied(app: Flask, victim: FlaskClient) -> FlaskClient:
    """Return a thief's browser with the cookie of another one."""
    cookie = victim.get_cookie(COOKIE)
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    return thief


def rows(app: Flask) -> list[Session]:
    """Return all sessions there are."""
    with app.app_context():
        return list(db.session.scalars(select(Session).order_by(Session.id)))


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    thief = copied(app, sign_in(client))
    assert is_in(thief)
    client.post("/sign-out")
    assert not is_in(thief)
    assert rows(app) == []


def test_a_copied_cookie_is_dead_after_the_next_sign_in_in_that_browser(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    make.user(phone=PHONE)
    thief = copied(app, sign_in(client))
    sign_in(client)
    assert (is_in(client), is_in(thief)) == (True, False)


def test_a_session_planted_before_the_sign_in_is_not_the_one_after_it(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    make.user(phone=PHONE)
    make.user("别人", phone="13900139000")
    planted = copied(app, sign_in(client, "13900139000"))
    sign_in(client)
    assert is_in(client)
    assert not is_in(planted)


def test_the_token_itself_is_not_in_the_database(app: Flask, client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    sign_in(client)
    with client.session_transaction() as session:
        token = session["_user_id"]
    (row,) = rows(app)
    assert len(token) >= 43
    assert token not in str(vars(row))


def test_ninety_days_without_a_visit_end_a_session_and_a_visit_prolongs_it(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    make.user(phone=PHONE)
    sign_in(client)
    for days, lives in ((89, True), (89, True), (91, False)):
        _let_pass(app, timedelta(days=days))
        assert is_in(client) is lives


def test_a_visit_is_written_down_once_a_day_and_not_at_each_request(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    make.user(phone=PHONE)
    sign_in(client)
    written = []
    for hours in (1, 25, 0):
        _let_pass(app, timedelta(hours=hours))
        with statements(app) as asked:
            assert is_in(client)
        written.append(any(one.startswith("UPDATE sessions") for one in asked))
    assert written == [False, True, False]


def test_asking_who_it_is_takes_one_statement_and_one_for_the_roles(app: Flask, make: Factory) -> None:
    browser = signed_in(app, make.member(make.organisation()))
    with statements(app) as asked:
        browser.get("/start")
    assert len([one for one in asked if not one.startswith("BEGIN")]) == 2


def test_the_cookies_of_a_sign_in_are_out_of_reach_for_scripts_and_other_sites(
    client: FlaskClient, make: Factory
) -> None:
    make.user(phone=PHONE)
    answer = client.post("/sign-in", data={"identifier": PHONE, "password": PASSWORD})
    cookies = {cookie.split("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {COOKIE, "browser"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies.values())


def test_a_browser_stays_the_same_whoever_signs_in(app: Flask, client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    make.user("别人", phone="13900139000")
    sign_in(client)
    first = client.get_cookie("browser")
    client.post("/sign-out")
    sign_in(client, "13900139000")
    second = client.get_cookie("browser")
    assert first is not None
    assert second is not None
    assert second.value == first.value
    with app.app_context():
        assert len(set(db.session.scalars(select(Browser.token_hash)))) == 1


def test_a_chosen_language_comes_along_to_a_new_browser(app: Flask, client: FlaskClient, make: Factory) -> None:
    user = make.user(phone=PHONE)
    make.do(operations.edit_account, user.id, user.name, "en", at=now())
    sign_in(client)
    assert '<html lang="en"' in client.get("/mine").text


def test_another_password_ends_every_session_but_the_one_it_was_changed_in(inside: Flask, make: Factory) -> None:
    user = make.user()
    here, _there = [make.do(_begin, user.id) for _ in range(2)]
    make.do(operations.change_password, user.id, hash_password("another"), kept_session=here, at=now())
    assert [one.id for one in staying.sessions_of(user.id, now())] == [here]


@pytest.mark.parametrize("days", [0, 91])
def test_ending_a_session_ends_no_other_accounts(inside: Flask, make: Factory, days: int) -> None:
    user, other = make.user(), make.user()
    theirs = make.do(_begin, other.id)
    make.do(staying.end, theirs, user_id=user.id)
    make.do(staying.end_others, user.id, None)
    assert len(staying.sessions_of(other.id, now() + timedelta(days=days))) == (0 if days else 1)


def _begin(user_id: int) -> int:
    arrival = staying.Arrival(staying.new_token(), staying.new_token(), "android wechat")
    session = staying.begin(user_id, arrival, instead_of=None, at=now())
    db.session.flush()
    return session.id


def _let_pass(app: Flask, time: timedelta) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for row in connection.execute(select(Session.id, Session.last_seen_at)).all():
            earlier = row.last_seen_at - time
            connection.execute(update(Session).where(Session.id == row.id).values(last_seen_at=earlier))
