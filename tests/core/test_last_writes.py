"""Writes that travel with the commit."""

from typing import Any

import pytest
from flask import Flask
from psycopg.pq import PipelineStatus
from sqlalchemy import Connection, delete, event, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import RERUNS, RERUNS_IN_A_CROWD, db, table_of, transact
from app.core.last_writes import write_last
from app.core.problems import Busy
from app.events.models import Slot
from app.organisations.models import Organisation, OrganisationKind
from tests.factories import Factory

_UNIT, _SLOT = table_of(Organisation), table_of(Slot)


def leave(*names: str) -> None:
    """Leave units to be stored at the end; an operation."""
    rows = [{"name": name, "kind": OrganisationKind.HOST, "created_at": now()} for name in names]
    write_last(db.session(), insert(_UNIT).inline(), rows)


def units() -> list[str]:
    """Return the names of all units that are stored."""
    db.session.rollback()
    return list(db.session.scalars(select(_UNIT.c.name).order_by(_UNIT.c.name)))


def test_what_is_left_to_the_end_is_written_after_everything_else(inside: Flask) -> None:
    def rename() -> None:
        write_last(db.session(), update(_UNIT).values(short_name="少年宫"), {})
        db.session.add(Organisation(name="青少年宫", kind=OrganisationKind.HOST, created_at=now()))

    transact(rename)
    assert db.session.scalars(select(_UNIT.c.short_name)).all() == ["少年宫"]


def test_one_that_fails_takes_everything_back(inside: Flask) -> None:
    runs: list[int] = []

    def twice_the_same() -> None:
        runs.append(1)
        db.session.add(Organisation(name="文化馆", kind=OrganisationKind.HOST, created_at=now()))
        leave("青少年宫", "青少年宫")

    with pytest.raises(IntegrityError):
        transact(twice_the_same)
    assert units() == []
    assert len(runs) == 1 + RERUNS


def test_what_a_mistake_left_behind_is_not_written_with_the_next_operation(inside: Flask) -> None:
    def stumble() -> None:
        leave("青少年宫")
        raise KeyError("a mistake of ours")

    with pytest.raises(KeyError):
        transact(stumble)
    transact(leave, "文化馆")
    assert units() == ["文化馆"]


@pytest.mark.parametrize(("failures", "runs"), [(0, 1), (2, 3), (RERUNS_IN_A_CROWD, RERUNS_IN_A_CROWD + 1)])
def test_whoever_was_overtaken_tries_again(inside: Flask, make: Factory, failures: int, runs: int) -> None:
    slot = make.slot(capacity=10)
    done = Counting(slot.id, failures)
    transact(done)
    assert done.runs == runs
    assert db.session.scalar(select(_SLOT.c.taken).where(_SLOT.c.id == slot.id)) == 1


def test_whoever_is_overtaken_all_the_time_is_told_so(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=10)
    with pytest.raises(Busy):
        transact(Counting(slot.id, RERUNS_IN_A_CROWD + 1))
    assert db.session.scalar(select(_SLOT.c.taken).where(_SLOT.c.id == slot.id)) == 0


class Counting:
    """An operation that counts a place, too far as often as it is to fail."""

    def __init__(self, slot_id: int, failures: int) -> None:
        self.slot_id, self.failures, self.runs = slot_id, failures, 0

    def __call__(self) -> None:
        self.runs += 1
        taken = 1000 if self.runs <= self.failures else 1
        write_last(db.session(), update(_SLOT).where(_SLOT.c.id == self.slot_id).values(taken=taken), {})


@pytest.mark.parametrize("engine", ["postgresql"])
def test_postgresql_gets_them_and_the_commit_in_one_trip(inside: Flask) -> None:
    trips: list[tuple[str, int]] = []

    def note(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        driver: Any = connection.connection.driver_connection
        trips.append((statement[:6], driver.pgconn.pipeline_status))

    event.listen(db.engine, "before_cursor_execute", note)
    transact(leave, "青少年宫")
    event.remove(db.engine, "before_cursor_execute", note)
    assert trips == [("INSERT", PipelineStatus.ON)]
    assert units() == ["青少年宫"]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_connection_that_is_lost_at_the_end_is_opened_again(inside: Flask) -> None:
    runs: list[int] = []

    def cut_off() -> None:
        runs.append(1)
        leave("青少年宫")
        if len(runs) == 1:
            own = db.session.scalar(select(func.pg_backend_pid()))
            with db.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": own})

    transact(cut_off)
    assert units() == ["青少年宫"]
    assert len(runs) == 2
    transact(lambda: db.session.execute(delete(Organisation)))
    assert units() == []
