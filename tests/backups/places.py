"""Installations to back up and to restore into, and what is in their databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import NullPool, create_engine, inspect, make_url, select, table, text

from app.backups.place import Place, place_of
from app.core.db import db

Rows = dict[str, list[tuple[Any, ...]]]


def place_in(app: Flask, folder: Path) -> Place:
    """Return the place of an application, with a data folder and a folder of backups of its own."""
    with app.app_context():
        place = place_of(app.config)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    return replace(place, data=folder / "data", folder=folder / "backups", recipients="")


def at(place: Place, url: str) -> Place:
    """Return a place whose database is another one."""
    return replace(place, database=make_url(url))


def let_go(app: Flask) -> None:
    """Close the connections of a test's application: it is somebody who uses the database, too."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def rows(place: Place) -> Rows:
    """Return every row of every table."""
    with create_engine(place.database, poolclass=NullPool).connect() as connection:
        names = inspect(connection).get_table_names()
        every = {name: connection.execute(select(text("*")).select_from(table(name))).all() for name in names}
    return {name: sorted((tuple(row) for row in found), key=repr) for name, found in every.items()}


def schemas(place: Place) -> set[str]:
    """Return the schemas of a PostgreSQL database that are nobody's but ours."""
    with create_engine(place.database, poolclass=NullPool).connect() as connection:
        return {name for name in inspect(connection).get_schema_names() if name != "information_schema"}


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Fail if a file of a folder is new, gone or changed afterwards; the lock may come."""
    before = _files(folder)
    yield
    assert _files(folder) == before


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
