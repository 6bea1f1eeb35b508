"""What both engines can do with a whole database."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL

from app.backups.counting import Contents
from app.backups.postgresql import Postgresql
from app.backups.sqlite import Sqlite


class Database(Protocol):
    """A database of one engine; ``file_name`` is what its copy is called in a backup."""

    @property
    def engine(self) -> str:
        """Which engine it is."""

    @property
    def file_name(self) -> str:
        """What its copy is called in a backup."""

    def copy(self, target: Path) -> Contents:
        """Write a copy of one moment while others go on writing, and return what is in it."""

    def try_out(self, copy: Path, folder: Path) -> Contents | None:
        """Put a copy back beside the database, check it, and leave nothing of it; None where that is not allowed."""

    def is_empty(self) -> bool:
        """Whether nobody has an account in it."""

    def refuse_use(self) -> None:
        """Raise `InUse` while anybody else has the database open."""

    def replaced(self, copy: Path, aside: str) -> AbstractContextManager[str]:
        """Put a copy in the database's place, and what was there aside under a name of its own; back again if the body
        fails. Gives where the old one lies, "" when there was nothing in it and it is gone."""


def database_at(address: URL) -> Database:
    """Return the database at an address."""
    return Sqlite(Path(address.database or "")) if address.get_backend_name() == "sqlite" else Postgresql(address)
