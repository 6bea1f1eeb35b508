"""Erased stays erased: a list of numbers beside the backups, from which whoever restores one erases the same again."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.backups.afterwards import after_restoring
from app.care.erasing.operations import erase, is_erased, mark_of
from app.core.clock import now
from app.core.db import db, transact
from app.people.models import Person

LIST = "erased.jsonl"  # a line each: number, mark, moment; no names. Lies in the folder of the backups, never in one


def remember(person: Person, *, at: datetime) -> None:
    """Write down, before it happens, that a person is erased: a line too many harms nobody."""
    path = _list()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"person": person.id, "mark": mark_of(person), "at": at.isoformat()})
    with path.open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
        opened.flush()
        os.fsync(opened.fileno())


@after_restoring
def erase_again(folder: Path) -> None:
    """Erase whoever was erased since the backup was made; somebody else with the same number is left alone.

    The list is looked for in the folder of the backups, and beside the backup, which may have come from elsewhere.
    """
    for person_id, mark in sorted({*_remembered(_list()), *_remembered(folder / LIST)}):
        person = db.session.get(Person, person_id)
        if person and mark_of(person) == mark and not is_erased(person):
            transact(erase, person_id, by=None, at=now())
    empty_the_log()


def empty_the_log() -> None:
    """Let nothing of what was deleted stay in SQLite's write-ahead log."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remembered(path: Path) -> Iterator[tuple[int, str]]:
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        yield int(told["person"]), str(told["mark"])


def _list() -> Path:
    return Path(current_app.config["BACKUP_FOLDER"]) / LIST
