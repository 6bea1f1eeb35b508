"""How many statements a page needs: as many for thirty rows as for one."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from app.core.db import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    collected: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        collected.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield collected
    finally:
        event.remove(engine, "before_cursor_execute", note)
