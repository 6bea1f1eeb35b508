"""The database: one typed base, moments in UTC, and the one way to write."""

import random
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, Index, Insert, MetaData, String, Table, event, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    make_transient_to_detached,
    mapped_column,
)
from sqlalchemy.types import TypeDecorator

from app.core.last_writes import Overtaken, commit_with_last, forget_last
from app.core.problems import Busy, Problem
from app.core.turns import writers_turn

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound="Base")

RERUNS = 3
RERUNS_IN_A_CROWD = 8
_PAUSE = 0.02  # seconds; each pause may be so much longer than the one before
LARGEST_ID = 2**31 - 1  # of a column of whole numbers; PostgreSQL breaks off at anything larger
_SERIALIZATION_FAILURE, _DEADLOCK = "40001", "40P01"
_UNIQUE_VIOLATION, _FOREIGN_KEY_VIOLATION = "23505", "23503"
_WRITING = "writing"
_WRITES: "dict[str, CoreExecuteOptionsParameter]" = {
    "sqlite": {_WRITING: True},
    "postgresql": {_WRITING: True, "isolation_level": "READ COMMITTED"},
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment on both engines; plain ``DateTime(timezone=True)`` comes back naive from SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: nobody can say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_WORD = Enum(StrEnum, native_enum=False, create_constraint=False, length=20, values_callable=list)


class Base(DeclarativeBase):
    """What every record has: a number, and constraints whose names are the same on every engine."""

    metadata = METADATA
    type_annotation_map = {datetime: Moment(), str: String(), StrEnum: _WORD}  # noqa: RUF012 - SQLAlchemy's own idiom

    id: Mapped[int] = mapped_column(primary_key=True)


def table_of(model: type[Base]) -> Table:
    """Return a model's table, for statements over plain columns: what is asked all the time need not become objects."""
    return cast(Table, model.__table__)


def as_loaded(model: type[Row], values: Mapping[str, Any]) -> Row:
    """Return a record made of plain columns as if the session had loaded it and let it go.

    For the few rows that a crowd's every request needs: loading a record costs three times what its columns do.
    """
    record = model(**values)
    make_transient_to_detached(record)
    return record


def insert_row(model: type[Row], **values: Any) -> Row:
    """Insert one row and return its record, for the few that a crowd makes: a flush costs three times as much.

    What is not given gets the column's default; the record has what was given, and its id.
    """
    made = db.session.connection().execute(_insert_into(model), values)
    key: Any = made.inserted_primary_key
    record = as_loaded(model, {"id": key[0], **values})
    db.session.add(record)
    return record


@lru_cache
def _insert_into(model: type[Base]) -> Insert:
    return insert(table_of(model))


def unique_where(name: str, *columns: str, where: str) -> Index:
    """Return a unique index over only those rows that match, on both engines."""
    return Index(name, *columns, unique=True, postgresql_where=text(where), sqlite_where=text(where))


# models stand on Base, which mypy understands, and not on db.Model; both share one metadata
db = SQLAlchemy(metadata=METADATA, disable_autonaming=True, session_options={"expire_on_commit": False})


def transact(operation: Callable[P, R | Problem], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Run one operation in one write transaction and return what it returns.

    The operation loads its rows inside. A `Problem` that it raises rolls everything back. One that it returns, because
    it wrote nothing so far, is raised from here without that: after a rollback the driver prepares every statement of
    the connection anew, which costs more than all the rest of a refusal. A serialization failure, a deadlock, a lost
    connection, or a row that somebody else inserted or deleted in the meantime, reruns it, at most three times. Those
    who only stand in each other's way are rerun more often, after pauses that part them; raises `Busy` at last.
    """
    for run in count(1):
        try:
            return _once(operation, *args, **kwargs)
        except (DBAPIError, Overtaken) as error:
            if isinstance(error, Overtaken) or _is_in_the_way(error):
                if run > RERUNS_IN_A_CROWD:
                    raise Busy from error
                time.sleep(random.uniform(0, _PAUSE * run))  # noqa: S311 - chance parts them, nobody needs to guess it
            elif run > RERUNS or not _is_worth_a_rerun(error):
                raise
    raise AssertionError("unreachable")


def _once(operation: Callable[P, R | Problem], /, *args: P.args, **kwargs: P.kwargs) -> R:
    session = db.session()
    session.rollback()  # ends the read transaction: what the request saw before may be old by now
    session.expire_all()  # and so may what an earlier operation of this request left behind
    with writers_turn(db.engine):
        try:
            session.info[_WRITING] = True
            session.connection(execution_options=_WRITES[session.get_bind().dialect.name])
            result = operation(*args, **kwargs)
            commit_with_last(session)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(_WRITING, None)
            forget_last(session)
    if isinstance(result, Problem):
        raise result
    return result


def _is_worth_a_rerun(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    return isinstance(error, IntegrityError) and _was_outrun(error)


def _is_in_the_way(error: DBAPIError) -> bool:
    """Two transactions waited for each other, or wrote the same; one of them has to step back."""
    return getattr(error.orig, "sqlstate", None) in {_SERIALIZATION_FAILURE, _DEADLOCK}


def _was_outrun(error: IntegrityError) -> bool:
    """Somebody else inserted the same row first, or deleted the one leaned on; a rerun will see that."""
    if getattr(error.orig, "sqlstate", None) in {_UNIQUE_VIOLATION, _FOREIGN_KEY_VIOLATION}:
        return True
    return getattr(error.orig, "sqlite_errorcode", None) in {
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
    }


def listen_to(engine: Engine) -> None:
    """Attach what an engine needs: on SQLite durable commits, foreign keys, and writers that begin as writers."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: SELECTs would run outside
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "secure_delete=ON",
        "busy_timeout=15000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_stray_flush(session: Session, *_: object) -> None:
    if (session.new or session.dirty or session.deleted) and not session.info.get(_WRITING):
        raise RuntimeError("rows are changed by operations run through transact(), and nowhere else")


@event.listens_for(Session, "do_orm_execute")
def _refuse_stray_statement(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get(_WRITING):
        raise RuntimeError("rows are changed by operations run through transact(), and nowhere else")


def init_db(app: Flask) -> None:
    """Open the database of the settings."""
    db.init_app(app)
    with app.app_context():
        listen_to(db.engine)
