"""Commands for whoever runs the program."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import signing_in
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Membership, MembershipRole
from tests.factories import Factory
from tests.signing_in import signed_in

ADMIN = ["create-admin", "--name", "曾立新", "--sign-in", "admin", "--organisation", "清溪县教育局"]


def how_many(app: Flask, model: type) -> int:
    """Return how many rows of a kind there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_first_administrator_can_sign_in(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=[*ADMIN, "--password", "eight signs"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        user = signing_in.check_password(Way.LOGIN_NAME, "admin", "eight signs", at=now())
        membership = db.session.scalars(select(Membership).where(Membership.user_id == user.id)).one()
        assert membership.role is MembershipRole.ADMINISTRATOR
        assert membership.organisation.name == "清溪县教育局"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("words", "why"),
    [(["--password", "short"], "8 characters"), (["--sign-in", "12", "--password", "eight signs"], "neither a phone")],
)
def test_a_bad_administrator_is_refused_with_the_reason(app: Flask, words: list[str], why: str) -> None:
    result = app.test_cli_runner().invoke(args=[*ADMIN, *words])
    assert result.exit_code == 1
    assert why in result.output
    assert how_many(app, User) == 0


def test_a_lost_password_is_set_anew_and_every_session_ends(app: Flask) -> None:
    make = Factory(app)
    user = make.user()
    browser = signed_in(app, user)
    assert browser.get("/mine").status_code == 200
    words = ["set-password", "--sign-in", str(user.phone), "--password", "another one"]
    assert app.test_cli_runner().invoke(args=words).exit_code == 0
    assert browser.get("/mine").status_code == 302
    with app.app_context():
        assert signing_in.check_password(Way.PHONE, str(user.phone), "another one", at=now()).id == user.id


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("identifier", "password", "why"),
    [("nobody", "another one", "no such account"), ("two words", "another one", "neither a phone")],
)
def test_a_password_is_set_only_for_an_account_that_is_there(
    app: Flask, identifier: str, password: str, why: str
) -> None:
    words = ["set-password", "--sign-in", identifier, "--password", password]
    result = app.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert why in result.output
