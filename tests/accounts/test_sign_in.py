"""Signing in and out."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.operations import replace_password
from app.accounts.passwords import hash_password
from app.accounts.tries import MOST
from app.core.clock import now
from tests.core.test_links import ELSEWHERE
from tests.factories import PASSWORD, Factory

PHONE = "13800138000"


def sign_in(client: FlaskClient, **typed: str) -> TestResponse:
    """Send the form; what is not said is right."""
    return client.post("/sign-in", data={"identifier": PHONE, "password": PASSWORD} | typed)


def is_in(client: FlaskClient) -> bool:
    """Return whether somebody is signed in."""
    return client.get("/mine").status_code == 200


def test_the_right_password_opens_the_start_page(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    answer = sign_in(client, identifier="138 0013 8000")
    assert (answer.status_code, answer.location) == (303, "/start")
    assert is_in(client)


@pytest.mark.parametrize(
    "typed",
    [
        {"password": "wrong"},
        {"password": ""},
        {"identifier": "13900139000"},
        {"identifier": "nobody@example.cn"},
        {"identifier": "two words"},
        {"identifier": ""},
        {"identifier": "x" * 121},
        {"identifier": "a\0@example.cn"},
        {"password": "x" * 201},
    ],
)
def test_anything_wrong_is_refused_and_what_was_typed_stays_but_the_password(
    client: FlaskClient, make: Factory, typed: dict[str, str]
) -> None:
    make.user(phone=PHONE)
    answer = sign_in(client, **typed)
    assert answer.status_code == 422
    assert f'value="{typed.get("identifier", PHONE)}"'.replace("\0", "") in answer.text
    assert PASSWORD not in answer.text
    assert not is_in(client)


def test_an_unknown_account_and_a_wrong_password_look_the_same(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    wrong = sign_in(client, password="wrong").text
    unknown = sign_in(client, identifier="13900139000", password="wrong").text
    assert _without_token(unknown).replace("13900139000", PHONE) == _without_token(wrong)


def _without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)  # it carries the second it was made in


def test_after_ten_wrong_passwords_the_page_says_how_long_to_wait(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    for _ in range(MOST):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert answer.status_code == 422
    assert "15" in answer.text
    assert not is_in(client)


def test_the_lock_belongs_to_the_account_and_not_to_the_address(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    make.user("李四", phone="13900139000")
    one_school = app.test_client()
    for _ in range(MOST):
        sign_in(one_school, password="wrong")
    assert sign_in(app.test_client()).status_code == 422
    assert sign_in(one_school, identifier="13900139000").status_code == 303


def test_nothing_that_was_in_the_session_before_survives_a_sign_in(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["_user_id"] = "7:planted"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] != "7:planted"
        assert session.permanent


def test_a_new_password_ends_every_session(app: Flask, make: Factory) -> None:
    user = make.user(phone=PHONE)
    browsers = [app.test_client(), app.test_client()]
    for browser in browsers:
        sign_in(browser)
    make.do(replace_password, user.id, hash_password("a new one"), at=now())
    assert [is_in(browser) for browser in browsers] == [False, False]


@pytest.mark.parametrize("cookie", ["", "1", "1:", "1:guessed", ":", "x" * 43, "\0"])
def test_a_cookie_without_a_sessions_token_is_nobodys(client: FlaskClient, make: Factory, cookie: str) -> None:
    make.user(phone=PHONE)
    with client.session_transaction() as session:
        session["_user_id"] = cookie
    assert not is_in(client)


def test_signing_out_ends_it_on_this_device_only(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    here, there = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(there)
    answer = here.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/")
    assert not is_in(here)
    assert is_in(there)
    assert here.post("/sign-out").status_code == 302
    assert there.get("/sign-out").status_code == 405


def test_whoever_was_sent_to_sign_in_comes_back(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    sent = client.get("/mine/codes?from=poster")
    assert sent.status_code == 302
    page = client.get(sent.location).text
    assert 'value="/mine/codes?from=poster"' in page
    assert sign_in(client, next="/mine/codes?from=poster").location == "/mine/codes?from=poster"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_sign_in_never_leads_elsewhere(client: FlaskClient, make: Factory, target: str | None) -> None:
    make.user(phone=PHONE)
    assert client.get("/sign-in", query_string={"next": target or ""}).status_code == 200
    answer = sign_in(client, next=target or "")
    assert (answer.status_code, answer.location) == (303, "/start")
