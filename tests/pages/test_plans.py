"""What a list page and the door ask is answered from an index, however large the tables have grown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from app.core.db import db
from tests.factories import Factory
from tests.world import World, build

LARGE = (
    "people",
    "events",
    "slots",
    "registrations",
    "attendances",
    "scans",
    "certificates",
    "enrolments",
    "school_classes",
    "users",
    "sessions",
    "browsers",
    "tries",
    "reset_slips",
    "one_time_codes",
    "changes",
)
PAGES = [
    ("anonymous", "/"),
    ("anonymous", "/organisations/<organisation>"),
    ("anonymous", "/schools/<school>/classes"),
    ("school", "/school/classes"),
    ("staff", "/desk/events"),
    ("staff", "/desk/events/<event>"),
    ("staff", "/desk/events/<event>/registrations"),
    ("staff", "/desk/registrations/<registration>"),
    ("gate", "/api/v1/events/<event>/registrations"),
    ("school", "/school/registrations"),
    ("school", "/school/pupils"),
    ("school", "/school/pupils?view=confirmed"),
    ("manager", "/desk/staff"),
    ("admin", "/admin/accounts"),
    ("admin", "/admin/accounts?q=lin"),
    ("young", "/account"),
    ("anonymous", "/R/<slip_code>"),
    ("anonymous", "/I/<invitation_code>"),
    ("young", "/mine"),
    ("young", "/mine/certificates"),
    ("anonymous", "/V/<paper_code>"),
    ("anonymous", "/P/<pass_code>"),
]


@contextmanager
def plans(app: Flask) -> Iterator[list[str]]:
    """Collect SQLite's plan of every SELECT, one line for each table it reads."""
    collected: list[str] = []

    def explain(connection: Any, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            collected.extend(row[3] for row in rows.fetchall())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield collected
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def read_whole(lines: list[str]) -> list[str]:
    """Return the lines that say a large table, or a whole index of it, is read from end to end."""
    scans = [line for line in lines if line.startswith("SCAN")]
    return [line for line in scans if line.split()[1].rstrip("_0123456789") in LARGE]


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(("persona", "address"), PAGES)
def test_no_large_table_is_read_from_end_to_end(app: Flask, world: World, persona: str, address: str) -> None:
    with plans(app) as lines:
        assert world.ask(persona, "GET", address).status_code in {200, 302}
    assert lines
    assert read_whole(lines) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_check_finds_a_table_that_is_read_from_end_to_end(app: Flask) -> None:
    with plans(app) as lines, app.app_context():
        db.session.execute(text("SELECT name FROM people WHERE name LIKE '%雨'"))
    assert len(read_whole(lines)) == 1
