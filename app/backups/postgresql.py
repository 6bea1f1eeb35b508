"""A whole PostgreSQL database: copied while others write, tried out, put in the place of another."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from sqlalchemy import URL, Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.backups import pg_tools
from app.backups.counting import Contents, contents_of, has_accounts
from app.backups.place import ASIDE
from app.backups.problems import DatabaseFailed, InUse, NotOwner

_NOT_ALLOWED = "42501"
_ASIDE_SCHEMA = re.sub(r"\W", "_", ASIDE)
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
)


@dataclass(frozen=True)
class Postgresql:
    """A database on a server; its role must own the schema public to put a copy back."""

    address: URL
    engine: ClassVar[str] = "postgresql"
    file_name: ClassVar[str] = "database.dump"

    def copy(self, target: Path) -> Contents:
        """Write a dump of one moment, and return what was in the database at that very moment."""
        with self._connected("REPEATABLE READ") as connection, self._reachable(target.parent) as address:
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            contents = contents_of(connection)
            what = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={_ASIDE_SCHEMA}*")
            dump = pg_tools.tool("pg_dump", _version(connection))
            pg_tools.run(dump, *what, f"--snapshot={snapshot}", f"--file={target}", f"--dbname={address}")
        return contents

    def try_out(self, copy: Path, folder: Path) -> Contents | None:
        """Restore a copy into a database that is dropped again; None, with only its list read, if none may be made."""
        name = f"tongxing_try_{secrets.token_hex(4)}"
        with self._connected() as connection:
            try:
                connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
            except DBAPIError as error:
                _only_if_not_allowed(error)
                pg_tools.run(pg_tools.tool("pg_restore", _version(connection)), "--list", copy)
                return None
            try:
                return Postgresql(self.address.set(database=name)).filled(copy, folder)
            finally:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def filled(self, copy: Path, folder: Path) -> Contents:
        """Restore a copy into a schema with nothing in it: all of it or nothing."""
        with self._connected() as connection, self._reachable(folder) as address:
            restore = pg_tools.tool("pg_restore", _version(connection))
            how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
            pg_tools.run(restore, *how, f"--dbname={address}", copy)
            connection.execute(text("ANALYZE"))
            return contents_of(connection)

    def is_empty(self) -> bool:
        """Whether nobody has an account in it."""
        with self._connected() as connection:
            return not has_accounts(connection)

    def refuse_use(self) -> None:
        """Raise `InUse` while anybody else is connected."""
        with self._connected() as connection:
            if connection.scalar(_OTHERS):
                raise InUse

    @contextmanager
    def replaced(self, copy: Path, aside: str) -> Iterator[str]:
        """Rename the schema public, and restore a copy into a new one; back again if that or the body fails."""
        old, was_empty = re.sub(r"\W", "_", aside).lower(), self.is_empty()
        self._run(f"ALTER SCHEMA public RENAME TO {old}", "CREATE SCHEMA public")
        try:
            self.filled(copy, copy.parent)
            yield "" if was_empty else old
        except BaseException:
            self._run("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {old} RENAME TO public")
            raise
        if was_empty:
            self._run(f"DROP SCHEMA {old} CASCADE")

    def _run(self, *statements: str) -> None:
        """Run statements in one transaction."""
        with self._connected("READ COMMITTED") as connection, connection.begin():
            try:
                for statement in statements:
                    connection.execute(text(statement))
            except DBAPIError as error:
                _only_if_not_allowed(error)
                raise NotOwner from error

    @contextmanager
    def _connected(self, isolation: str = "AUTOCOMMIT") -> Iterator[Connection]:
        engine = create_engine(self.address, poolclass=NullPool, isolation_level=isolation)
        try:
            with engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise DatabaseFailed(why=str(error.orig).strip().splitlines()[0]) from error

    @contextmanager
    def _reachable(self, folder: Path) -> Iterator[str]:
        """Return the address as PostgreSQL's programs take it; the password in a file, for a command line is public."""
        with TemporaryDirectory(dir=folder, prefix="address-") as private:
            file = Path(private) / "pgpass"
            file.touch(mode=0o600)
            file.write_text(":".join(["*"] * 4 + [re.sub(r"([\\:])", r"\\\1", self.address.password or "")]) + "\n")
            plain = self.address.set(drivername="postgresql", password=None)
            if self.address.password:
                plain = plain.update_query_dict({"passfile": str(file)})
            yield plain.render_as_string(hide_password=False)


def _version(connection: Connection) -> int:
    return int((connection.dialect.server_version_info or (0,))[0])


def _only_if_not_allowed(error: DBAPIError) -> None:
    if getattr(error.orig, "sqlstate", None) != _NOT_ALLOWED:
        raise error
