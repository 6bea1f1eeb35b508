"""Commands for whoever runs the program."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts import signing_in
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.certificates.models import Certificate
from app.checkin.models import Attendance
from app.core.clock import now
from app.core.db import db
from app.demo.sign_ins import EVERYBODY, PASSWORD
from app.events.models import Event
from app.organisations.models import Membership, MembershipRole, Organisation, OrganisationKind
from app.people.models import Person
from config import DEMO_MARK, Settings, sqlite_url
from tests.factories import Factory
from tests.signing_in import signed_in

ADMIN = ["create-admin", "--name", "曾立新", "--sign-in", "admin", "--organisation", "清溪县教育局"]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty, migrated database in a demo folder."""
    app = create_app(Settings("demo", tmp_path, sqlite_url(tmp_path), "for tests only, never elsewhere", "http://x"))
    with app.app_context():
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


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


def test_the_demo_county_is_whole_and_marked(demo: Flask) -> None:
    result = demo.test_cli_runner().invoke(args=["demo-if-empty"])
    assert result.exit_code == 0, result.output
    assert (demo.config["DATA"] / DEMO_MARK).exists()
    assert how_many(demo, Person) == 200
    assert how_many(demo, Event) == 10
    with demo.app_context():
        kinds = db.session.scalars(select(Organisation.kind)).all()
        assert (kinds.count(OrganisationKind.SCHOOL), kinds.count(OrganisationKind.HOST)) == (6, 2)
        at = now()
        going_on = select(func.count()).select_from(Event).where(Event.starts_at <= at, Event.ends_at > at)
        assert db.session.scalar(going_on) == 1
    assert how_many(demo, Attendance) > 10
    assert how_many(demo, Certificate) > 5


def test_every_demo_sign_in_works(demo: Flask) -> None:
    demo.test_cli_runner().invoke(args=["demo-if-empty"])
    demo.config["WTF_CSRF_ENABLED"] = False
    for who in EVERYBODY:
        answer = demo.test_client().post("/sign-in", data={"identifier": who.identifier, "password": PASSWORD})
        assert answer.status_code == 303, who


def test_a_second_time_the_demo_is_left_alone(demo: Flask) -> None:
    demo.test_cli_runner().invoke(args=["demo-if-empty"])
    before = how_many(demo, User)
    assert demo.test_cli_runner().invoke(args=["demo-if-empty"]).output == ""
    assert how_many(demo, User) == before


def test_a_database_that_is_no_demo_is_never_filled(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["demo-if-empty"]).exit_code == 0
    assert how_many(app, User) == 0


def test_a_database_with_somebody_in_it_is_never_filled(demo: Flask) -> None:
    Factory(demo).user()
    demo.test_cli_runner().invoke(args=["demo-if-empty"])
    assert how_many(demo, User) == 1
    assert not (demo.config["DATA"] / DEMO_MARK).exists()


def test_welcome_tells_demo_sign_ins_only_in_a_demo_folder(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    assert PASSWORD not in runner.invoke(args=["welcome"]).output
    runner.invoke(args=["demo-if-empty"])
    greeting = runner.invoke(args=["welcome"]).output
    assert PASSWORD in greeting
    assert str(demo.config["DATA"]) in greeting
    assert all(who.identifier in greeting for who in EVERYBODY)


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
