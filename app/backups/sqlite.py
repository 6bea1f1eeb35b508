"""A whole SQLite database: copied while others write, tried out, put in the place of another."""

import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import ClassVar

from sqlalchemy import NullPool, create_engine

from app.backups.counting import Contents, contents_of, has_accounts
from app.backups.problems import DatabaseFailed, InUse, NoDatabase

_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
_SUFFIXES = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Sqlite:
    """A database in a file."""

    file: Path
    engine: ClassVar[str] = "sqlite"
    file_name: ClassVar[str] = "database.sqlite3.gz"

    def copy(self, target: Path) -> Contents:
        """Write a copy of one moment, without the traces of what was deleted, and return what is in it."""
        if not self.file.is_file():
            raise NoDatabase(place=self.file)
        plain = target.with_suffix("")
        with _told(), closing(_connect(self.file)) as connection:
            connection.execute("VACUUM INTO ?", [str(plain)])
        contents = _contents(plain)
        with plain.open("rb") as source, gzip.open(target, "wb", compresslevel=6) as packed:
            shutil.copyfileobj(source, packed)
        plain.unlink()
        return contents

    def try_out(self, copy: Path, folder: Path) -> Contents | None:
        """Unpack a copy, check it, and leave nothing of it."""
        tried = folder / "tried.sqlite3"
        _unpack(copy, tried)
        contents = _contents(tried)
        tried.unlink()
        return contents

    def is_empty(self) -> bool:
        """Whether nobody has an account in it."""
        if not self.file.is_file():
            return True
        with create_engine(f"sqlite:///{self.file}", poolclass=NullPool).connect() as connection:
            return not has_accounts(connection)

    def refuse_use(self) -> None:
        """Raise `InUse` while anything has it open: SQLite leaves its write-ahead mode only when nobody else is there.

        Otherwise everything is in the file itself afterwards, and the file can be moved.
        """
        if not self.file.is_file():
            return
        try:
            with closing(_connect(self.file, patience=0)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise InUse from error

    @contextmanager
    def replaced(self, copy: Path, aside: str) -> Iterator[str]:
        """Put a copy in the file's place, and the file into a folder beside it; back again if the body fails."""
        fresh, old = self.file.with_name(f"{self.file.name}.restoring"), self.file.parent / aside
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            _unpack(copy, fresh)
            was_empty = self.is_empty()
            _move(self.file, old / self.file.name)
            try:
                fresh.replace(self.file)
                yield "" if was_empty else str(old / self.file.name)
            except BaseException:
                _drop(self.file)
                _move(old / self.file.name, self.file)
                raise
            if was_empty:
                _drop(old / self.file.name)
        finally:
            fresh.unlink(missing_ok=True)
            if old.is_dir() and not any(old.iterdir()):
                old.rmdir()


def _connect(file: Path, patience: float = 15) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None)


def _unpack(copy: Path, target: Path) -> None:
    """Write what a copy holds, and make sure that it is whole."""
    with gzip.open(copy, "rb") as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    with _told(), closing(_connect(target)) as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    if verdict != "ok" or strays:
        raise DatabaseFailed(why=f"integrity check: {verdict}, {len(strays)} rows refer to nothing")


def _contents(file: Path) -> Contents:
    with create_engine(f"sqlite:///{file}", poolclass=NullPool).connect() as connection:
        return contents_of(connection)


def _move(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in _SUFFIXES:
        if (source := file.with_name(file.name + suffix)).exists():
            source.replace(target.with_name(target.name + suffix))


def _drop(file: Path) -> None:
    for suffix in _SUFFIXES:
        file.with_name(file.name + suffix).unlink(missing_ok=True)


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what SQLite could not do; a full disk as Python says it."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") in _FULL:
            raise OSError(ENOSPC, str(error)) from error
        raise DatabaseFailed(why=error) from error
