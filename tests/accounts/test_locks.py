"""Wrong passwords close an account to strangers; whoever signed in with a browser before is let in with it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Tries
from app.accounts.tries import MOST
from app.core.db import db
from tests.factories import PASSWORD, Factory, born

PHONE, NOBODYS = "13800138000", "13900139000"


def sign_in(client: FlaskClient, password: str = PASSWORD, phone: str = PHONE) -> TestResponse:
    """Send the form."""
    return client.post("/sign-in", data={"identifier": phone, "password": password})


def fail(client: FlaskClient, times: int = MOST, phone: str = PHONE) -> list[str]:
    """Type wrong passwords and return what the pages say beside the field."""
    answers = [sign_in(client, "wrong", phone).text for _ in range(times)]
    return [answer.split('id="password-errors"', 1)[1].split("</ul>", 1)[0] for answer in answers]


def closed(app: Flask) -> int:
    """Return how many are closed just now."""
    with app.app_context():
        return len(db.session.scalars(select(Tries).where(Tries.closed_until.is_not(None))).all())


def test_a_browser_that_was_there_before_gets_in_while_strangers_are_locked_out(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    owner, stranger = app.test_client(), app.test_client()
    sign_in(owner)
    owner.post("/sign-out")
    fail(stranger)
    assert sign_in(stranger).status_code == 422
    assert sign_in(owner).status_code == 303
    assert sign_in(stranger).status_code == 422, "the owner's sign-in opens it for nobody else"


def test_it_may_also_sign_up_meanwhile_by_phone_and_password(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    owner, stranger = app.test_client(), app.test_client()
    sign_in(owner)
    owner.post("/sign-out")
    fail(stranger)
    form = {"name": "林晓雨", "born_on": f"{born(18):%Y%m%d}", "school_id": "none", "class_name": ""}
    form |= {"phone": PHONE, "password": PASSWORD}
    address = f"/slots/{make.slot().id}/registration/self"
    assert stranger.post(address, data=form).status_code == 422
    assert owner.post(address, data=form).status_code == 303


def test_a_known_browser_has_ten_tries_of_its_own_and_takes_none_from_others(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    known = app.test_client()
    sign_in(known)
    known.post("/sign-out")
    fail(known)
    assert sign_in(known).status_code == 422
    assert sign_in(app.test_client()).status_code == 303
    assert closed(app) == 1


def test_a_browser_known_to_one_account_is_a_stranger_to_another(app: Flask, make: Factory) -> None:
    make.user(phone=PHONE)
    make.user(phone=NOBODYS)
    browser = app.test_client()
    sign_in(browser, phone=NOBODYS)
    fail(app.test_client())
    assert sign_in(browser).status_code == 422


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "../..", "é"])
def test_a_browser_token_that_was_made_up_is_nobodys(
    app: Flask, make: Factory, client: FlaskClient, token: str
) -> None:
    make.user(phone=PHONE)
    client.set_cookie("browser", token)
    fail(client)
    assert sign_in(client).status_code == 422


def test_an_account_that_is_not_there_locks_like_one_that_is(app: Flask, make: Factory, client: FlaskClient) -> None:
    make.user(phone=PHONE)
    known, unknown = fail(client, MOST + 2), fail(app.test_client(), MOST + 2, NOBODYS)
    assert known == unknown
    assert len(set(known)) == 2
    assert closed(app) == 2


def test_what_was_tried_is_not_written_down(app: Flask, client: FlaskClient) -> None:
    fail(client, 1, NOBODYS)
    with app.app_context():
        (row,) = db.session.scalars(select(Tries))
        assert NOBODYS not in str(vars(row))
        assert "wrong" not in row.key
