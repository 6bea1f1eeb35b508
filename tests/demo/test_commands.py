"""The commands of the demo county fill, refuse, make anew and greet."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts.models import User
from app.core.db import db
from app.demo.sign_ins import EVERYBODY, PASSWORD
from app.organisations.models import Organisation
from config import DEMO_MARK, Settings, sqlite_url
from tests.factories import Factory

DATABASE = "tongxing.sqlite3"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty, migrated database in a demo folder."""
    app = create_app(Settings("demo", tmp_path, sqlite_url(tmp_path), "for tests only, never elsewhere", "http://x"))
    with app.app_context():
        flask_migrate.upgrade()
    yield app
    leave(app)


def leave(app: Flask) -> None:
    """Close all connections to the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def how_many(app: Flask, model: type) -> int:
    """Return how many rows of a kind there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_it_is_filled_in_once_and_marked(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    first = runner.invoke(args=["demo-if-empty"])
    assert first.exit_code == 0, first.output
    assert (demo.config["DATA"] / DEMO_MARK).exists()
    before = how_many(demo, User)
    assert runner.invoke(args=["demo-if-empty"]).output == ""
    assert how_many(demo, User) == before > 900


def test_every_demo_sign_in_works(demo: Flask) -> None:
    demo.test_cli_runner().invoke(args=["demo-if-empty"])
    demo.config["WTF_CSRF_ENABLED"] = False
    for who in EVERYBODY:
        answer = demo.test_client().post("/sign-in", data={"identifier": who.identifier, "password": PASSWORD})
        assert answer.status_code == 303, who


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


def test_anew_forgets_what_was_entered_since(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    runner.invoke(args=["demo-if-empty"])
    Factory(demo).organisation(name="后来加的单位")
    leave(demo)
    made = runner.invoke(args=["demo-anew", "--yes"])
    assert made.exit_code == 0, made.output
    assert PASSWORD in made.output
    assert how_many(demo, Organisation) == 24


@pytest.mark.parametrize(("answer", "units"), [("n\n", 25), ("y\n", 24)])
def test_anew_asks_first(demo: Flask, answer: str, units: int) -> None:
    runner = demo.test_cli_runner()
    runner.invoke(args=["demo-if-empty"])
    Factory(demo).organisation(name="后来加的单位")
    leave(demo)
    assert "重建演示县？" in runner.invoke(args=["demo-anew"], input=answer).output
    assert how_many(demo, Organisation) == units


def test_anew_leaves_a_database_without_the_mark_alone(demo: Flask) -> None:
    Factory(demo).user()
    leave(demo)
    refused = demo.test_cli_runner().invoke(args=["demo-anew", "--yes"])
    assert refused.exit_code == 1
    assert "not marked as a demo" in refused.output
    assert how_many(demo, User) == 1


def test_anew_stops_while_the_program_is_running(demo: Flask) -> None:
    runner = demo.test_cli_runner()
    runner.invoke(args=["demo-if-empty"])
    before = how_many(demo, User)  # and from here on there is a connection
    refused = runner.invoke(args=["demo-anew", "--yes"])
    assert refused.exit_code == 1
    assert "stop it first" in refused.output
    leave(demo)
    assert how_many(demo, User) == before


def test_anew_is_for_demos_only(app: Flask) -> None:
    Factory(app).user()
    refused = app.test_cli_runner().invoke(args=["demo-anew", "--yes"])
    assert refused.exit_code == 1
    assert "This is not a demo" in refused.output
    assert how_many(app, User) == 1
