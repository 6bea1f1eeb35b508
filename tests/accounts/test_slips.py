"""A slip with which the owner of an account sets a new password."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts import resetting, signing_in, slips
from app.accounts.identifiers import Way
from app.accounts.models import ResetSlip, User
from app.accounts.problems import SlipOver, WrongPassword
from app.accounts.tries import MOST
from app.core.clock import now
from app.core.db import db
from tests.factories import PASSWORD, Factory
from tests.signing_in import signed_in

PHONE, NEW = "13800138000", "quite a new one"


@pytest.fixture
def user(make: Factory) -> User:
    """Who forgot the password."""
    return make.user("林晓雨", phone=PHONE)


def code_for(app: Flask, make: Factory, user: User) -> str:
    """Make a slip and return its code."""
    slip = make.do(slips.make_slip, user.id, by=make.user("覃丽华").id, at=now())
    with app.app_context():
        return slips.code_of(slip)


def is_password(app: Flask, password: str) -> bool:
    """Return whether the account opens with it."""
    with app.app_context():
        try:
            signing_in.check_password(Way.PHONE, PHONE, password, at=now())
        except WrongPassword:
            return False
        return True


def test_the_owner_sets_a_password_is_in_and_reads_who_made_the_slip(
    app: Flask, client: FlaskClient, make: Factory, user: User
) -> None:
    elsewhere = signed_in(app, user)
    code = code_for(app, make, user)
    typed = client.post("/reset", data={"code": f" {code[:4].lower()}-{code[4:]} "})
    assert (typed.status_code, typed.location) == (303, f"/R/{code}")
    assert "林晓雨" in client.get(typed.location).text
    answer = client.post(typed.location, data={"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/account")
    page = client.get("/account").text
    assert "这张重设单是覃丽华开的" in page
    assert "覃丽华" in page.split("账号记录", 1)[1]
    assert elsewhere.get("/mine").status_code == 302
    assert (is_password(app, NEW), is_password(app, PASSWORD)) == (True, False)


def test_whoever_signs_in_while_a_slip_is_out_reads_who_made_it(
    app: Flask, client: FlaskClient, make: Factory, user: User
) -> None:
    code_for(app, make, user)
    client.post("/sign-in", data={"identifier": PHONE, "password": PASSWORD})
    assert "覃丽华在" in client.get("/mine").text


def test_a_slip_is_good_once(app: Flask, client: FlaskClient, make: Factory, user: User) -> None:
    code = code_for(app, make, user)
    assert client.post(f"/R/{code}", data={"password": NEW}).status_code == 303
    assert app.test_client().get(f"/R/{code}").status_code == 404
    assert app.test_client().post(f"/R/{code}", data={"password": "another one"}).status_code == 404
    assert is_password(app, NEW)


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_bad_password_costs_no_slip(
    app: Flask, client: FlaskClient, make: Factory, user: User, password: str
) -> None:
    code = code_for(app, make, user)
    assert client.post(f"/R/{code}", data={"password": password}).status_code == 422
    assert client.post(f"/R/{code}", data={"password": NEW}).status_code == 303


def test_a_new_slip_voids_the_one_before(app: Flask, make: Factory, user: User) -> None:
    old, new = code_for(app, make, user), code_for(app, make, user)
    assert app.test_client().get(f"/R/{old}").status_code == 404
    assert app.test_client().get(f"/R/{new}").status_code == 200


def test_a_password_that_was_found_again_voids_the_slip(app: Flask, make: Factory, user: User) -> None:
    code = code_for(app, make, user)
    change = {"password": PASSWORD, "new_password": NEW}
    assert signed_in(app, user).post("/account/password", data=change).status_code == 303
    assert app.test_client().get(f"/R/{code}").status_code == 404


def test_a_slip_lasts_a_week(inside: Flask, make: Factory, user: User) -> None:
    made_at = now()
    code = slips.code_of(make.do(slips.make_slip, user.id, by=make.user().id, at=made_at))
    with pytest.raises(SlipOver):
        resetting.set_password(code, NEW, at=made_at + timedelta(days=7))
    assert resetting.set_password(code, NEW, at=made_at + timedelta(days=7, seconds=-1)) == user.id


def test_a_slip_gets_nobody_past_the_second_factor(app: Flask, client: FlaskClient, make: Factory, user: User) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(User).values(second_factor_at=now()))
    code = code_for(app, make, user)
    assert client.post(f"/R/{code}", data={"password": NEW}).location == "/second-factor"
    assert client.get("/mine").status_code == 302


@pytest.mark.parametrize("code", ["0" * 16, "x", "I" * 60, "%00", "你好"])
def test_what_nobody_printed_is_no_slip_and_stays_in_the_form(client: FlaskClient, code: str) -> None:
    assert client.get(f"/R/{code}").status_code == 404
    assert client.post(f"/R/{code}", data={"password": NEW}).status_code == 404
    typed = client.post("/reset", data={"code": "7Q3K XF9M"})
    assert typed.status_code == 422
    assert 'value="7Q3K XF9M"' in typed.text


def test_wrong_codes_are_counted_in_the_browser_they_are_typed_in(
    app: Flask, client: FlaskClient, make: Factory, user: User
) -> None:
    code = code_for(app, make, user)
    for _ in range(MOST):
        client.get("/R/0000000000000000")
    assert "15" in client.post("/reset", data={"code": code}).text
    assert client.get(f"/R/{code}").status_code == 404
    assert app.test_client().get(f"/R/{code}").status_code == 200


def test_two_who_use_a_slip_at_once_are_one(app: Flask, make: Factory, user: User) -> None:
    code, ready, told = code_for(app, make, user), Barrier(4), []

    def use(password: str) -> None:
        with app.app_context():
            ready.wait(30)
            try:
                resetting.set_password(code, password, at=now())
                told.append(password)
            except SlipOver:
                told.append("")

    threads = [Thread(target=use, args=(f"password number {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = (one for one in told if one)
    assert len(told) == 4
    assert is_password(app, winner)


def test_a_slip_is_printed_by_its_maker_alone_and_kept_by_no_browser(app: Flask, make: Factory, user: User) -> None:
    maker = make.user("覃丽华")
    slip = make.do(slips.make_slip, user.id, by=maker.id, at=now())
    answer = signed_in(app, maker).get(f"/slips/{slip.id}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "林晓雨" in answer.text
    assert "data:image/png;base64," in answer.text
    for other in (user, make.user()):
        assert signed_in(app, other).get(f"/slips/{slip.id}").status_code == 404
    make.do(slips.void, user.id, at=now())
    assert signed_in(app, maker).get(f"/slips/{slip.id}").status_code == 404


def test_the_code_is_not_in_the_database(app: Flask, make: Factory, user: User) -> None:
    code = code_for(app, make, user)
    with app.app_context():
        assert code not in str(vars(db.session.scalars(select(ResetSlip)).one()))
