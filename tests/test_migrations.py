"""The migrations make what the models say, can be taken back, and guard what must never change."""

from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from app.core.db import Base, db
from tests.everywhere import rows_everywhere
from tests.factories import Factory

APPEND_ONLY = ("access_entries", "consents", "corrections", "scans")
TABLES = Base.metadata.tables


@pytest.fixture
def connection(inside: Flask) -> Iterator[Connection]:
    """A connection of its own, beside the session and its rules."""
    with db.engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture(name="rows_everywhere")
def _rows_everywhere(inside: Flask, make: Factory) -> None:
    rows_everywhere(make)


def counts() -> dict[str, int]:
    """Return how many rows each table has."""
    with db.engine.connect() as connection:
        there = inspect(connection).get_table_names()
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in TABLES.items()
            if name in there
        }


def test_they_go_down_to_nothing_and_up_again(inside: Flask) -> None:
    before = set(inspect(db.engine).get_table_names())
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == before


@pytest.mark.usefixtures("rows_everywhere")
def test_they_go_down_to_nothing_with_rows_in_every_table() -> None:
    assert [name for name, count in counts().items() if count == 0] == []
    flask_migrate.downgrade(revision="base")
    flask_migrate.upgrade()
    assert set(counts().values()) == {0}


@pytest.mark.usefixtures("rows_everywhere")
def test_the_last_one_taken_back_leaves_the_rows_of_all_other_tables() -> None:
    before = counts()
    flask_migrate.downgrade(revision="-1")
    kept = counts()
    flask_migrate.upgrade()
    assert kept == {name: before[name] for name in kept}
    assert {name: count for name, count in counts().items() if name in kept} == kept


def test_they_make_the_tables_that_the_models_describe(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_they_make_the_checks_that_the_models_describe(connection: Connection, table: str) -> None:
    made = {check["name"] for check in inspect(connection).get_check_constraints(table)}
    described = {str(one.name) for one in TABLES[table].constraints if isinstance(one, CheckConstraint)}
    assert made == described


def test_exactly_these_tables_are_written_once(connection: Connection) -> None:
    catalogue = {
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    guarded = connection.scalars(text(catalogue[connection.dialect.name]))
    assert set(guarded) == set(APPEND_ONLY)


def attempts(engine: str) -> list[str]:
    """Return the statements with which somebody might try to change the past."""
    changes = ["UPDATE {table} SET id = id", "DELETE FROM {table}"]
    if engine == "sqlite":
        return [*changes, "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]
    return [*changes, "TRUNCATE {table} CASCADE"]


@pytest.mark.usefixtures("rows_everywhere")
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_written_once_stays(connection: Connection, table: str) -> None:
    before = connection.execute(text(f"SELECT * FROM {table}")).all()
    for attempt in attempts(connection.dialect.name):
        with pytest.raises(DBAPIError, match=f"{table} is append-only"):
            connection.execute(text(attempt.format(table=table)))
        connection.rollback()
    assert connection.execute(text(f"SELECT * FROM {table}")).all() == before
