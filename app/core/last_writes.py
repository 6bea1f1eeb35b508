"""Writes that travel with the commit.

A row that everybody wants, such as the count of a popular slot, is locked from its write until the commit. Sent one
after the other, the program itself stands between the two, and on a busy machine waits for its turn there while all the
others wait for the row. Sent together, only the database does.
"""

from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

_LEFT = "last_writes"
_CHECK_VIOLATION = "23514"
_SQLITE_CHECK = 275  # SQLITE_CONSTRAINT_CHECK; the driver names it only since Python 3.11
Writes = list[tuple[Executable, Any]]


class Overtaken(Exception):
    """Somebody else was quicker: what a guarded write leaned on is no longer so. The operation is rerun."""


def write_last(session: Session, statement: Executable, values: Any) -> None:
    """Leave a write to the end of the transaction, after everything else; nobody can read what came of it.

    ``values`` are one row or several. A constraint that it breaks by counting too far says `Overtaken`.
    """
    session.info.setdefault(_LEFT, []).append((statement, values))


def write_guarded(connection: Connection, statement: Executable, values: Any) -> None:
    """Write now what a constraint guards. Raises `Overtaken` where it counts too far."""
    try:
        connection.execute(statement, values)
    except IntegrityError as error:
        raise _meaning(error) from error


def commit_with_last(session: Session) -> None:
    """Commit, with what was left to the end."""
    writes: Writes = session.info.get(_LEFT, [])
    if writes:
        session.flush()
        try:
            _send(session.connection(), writes)
        except IntegrityError as error:
            raise _meaning(error) from error
    session.commit()


def forget_last(session: Session) -> None:
    """Let go of what was left to the end of a transaction that has ended."""
    session.info.pop(_LEFT, None)


def _send(connection: Connection, writes: Writes) -> None:
    if connection.dialect.name != "postgresql":
        for statement, values in writes:
            connection.execute(statement, values)
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            for statement, values in writes:
                connection.execute(statement, values)
            driver.commit()
    except driver_error() as error:
        raise _translated(error, connection) from error


def driver_error() -> type[Exception]:
    """Return what the driver of PostgreSQL raises; read only where that is in use."""
    from psycopg import Error

    return Error


def _translated(error: Exception, connection: Connection) -> BaseException:
    """Return a driver's error as the engine would raise it: the answers came while nobody of it was looking."""
    lost = connection.dialect.is_disconnect(error, None, None)  # type: ignore[arg-type]
    return DBAPIError.instance(
        "COMMIT",
        {},
        error,
        driver_error(),
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=connection.dialect,
    )


def _meaning(error: IntegrityError) -> Exception:
    broke_check = getattr(error.orig, "sqlstate", None) == _CHECK_VIOLATION
    broke_check |= getattr(error.orig, "sqlite_errorcode", None) == _SQLITE_CHECK
    return Overtaken() if broke_check else error
