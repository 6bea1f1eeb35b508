"""The migrations make what the models say, can be taken back, and guard what must never change."""

from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from app.checkin.operations import correct
from app.core.audit import note_access
from app.core.changes import note_change
from app.core.clock import now
from app.core.db import Base, db
from app.events.rules import Rules, change_rules
from app.site.models import TextKey
from app.site.operations import add_file, name_operator, write_text
from app.site.operator import Operator
from tests.accepting_rows import own_pair_rows
from tests.account_rows import account_rows
from tests.after_rows import after_rows, family_rows
from tests.asked import a_question
from tests.care_rows import care_rows
from tests.class_rows import class_rows
from tests.consents import consent_rows
from tests.desk_rows import desk_rows
from tests.exchanges import programme_places
from tests.factories import Factory
from tests.letters import message_rows
from tests.lines import line_rows
from tests.pairing_rows import pairing_rows
from tests.papers import collecting_rows
from tests.partner_rows import partner_rows
from tests.person_rows import person_rows
from tests.series_rows import series_rows
from tests.shifts import shift_places
from tests.travel import travel_places
from tests.trip_rows import trip_rows
from tests.ways import way_places
from tests.world import a_job

APPEND_ONLY = ("access_entries", "consents", "corrections", "scans")
TABLES = Base.metadata.tables


@pytest.fixture
def connection(inside: Flask) -> Iterator[Connection]:
    """A connection of its own, beside the session and its rules."""
    with db.engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def rows_everywhere(inside: Flask, make: Factory) -> None:
    """At least one row in every table."""
    host, school, user = make.organisation(), make.school(), make.member(make.organisation())
    event = make.going_on(host)
    make.device(event)
    absent = make.registration(event.slots[0], school=school)
    make.arrival(absent)
    make.do(correct, absent.id, None, "认错人了", by=user.id, at=now())
    make.certificate(host)
    make.picture()
    class_rows(make, make.school_class(school), user.id, event)
    make.do(add_file, "abc.txt", "abc", by=user.id, at=now())
    make.do(name_operator, Operator("清溪县青少年宫"), by=user.id, at=now())
    make.do(write_text, TextKey.ABOUT, "en", "Hello", by=user.id, at=now())
    account_rows(make, user.id, host.id)
    message_rows(make, user.id, host, event.id)
    a_job(make, user, event)
    a_question(make, event, absent)
    desk_rows(make, event, user.id)
    person_rows(make, absent, user.id)
    shift_places(make, host, user)
    series_rows(make, host, user)
    line_rows(make, host, user)
    pairing_rows(make, host, user.id)
    pair_id = int(own_pair_rows(make, host, user)["own_pair"])
    after_rows(make, host, school, pair_id, (user, make.member(host), make.member(host)))
    way_places(make, host, school, user)
    exchanges = programme_places(make, host, school, user)
    travel_places(make, host, make.user(), make.member(host))
    trip_rows(make, exchanges["programme"], user)
    family_rows(make, host, exchanges["programme"])
    partner_rows(make, host, exchanges["programme"], (make.member(host).id, make.member(host).id))
    consent_rows(make, school)
    collecting_rows(make)
    make.do(change_rules, host.id, Rules(), by=user.id, at=now())
    care_rows(make, user.id)
    make.do(note_change, "event", event.id, "published", by=user.id, at=now())
    make.do(note_access, "download", "event", event.id, people=1, purpose="check", by=user.id, at=now())


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
