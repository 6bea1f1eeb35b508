"""What is in a database, in numbers."""

from dataclasses import dataclass

from sqlalchemy import Connection, column, func, inspect, select, table

from app.backups.problems import NoDatabase

_ACCOUNTS, _REVISION = "users", "alembic_version"


@dataclass(frozen=True)
class Contents:
    """The revision of a database's migrations, and how many rows each of its tables has."""

    revision: str
    tables: dict[str, int]

    @property
    def rows(self) -> int:
        """How many rows there are altogether."""
        return sum(self.tables.values())

    def differing_from(self, other: "Contents") -> list[str]:
        """Return the tables that do not have as many rows there."""
        here, there = self.tables, other.tables
        return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def contents_of(connection: Connection) -> Contents:
    """Count a database; raises `NoDatabase` where no migration ever ran."""
    names = sorted(inspect(connection).get_table_names())
    if _REVISION not in names:
        raise NoDatabase(place=connection.engine.url.database)
    revision = connection.scalar(select(column("version_num")).select_from(table(_REVISION)))
    counts = {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    return Contents(str(revision), counts)


def has_accounts(connection: Connection) -> bool:
    """Whether anybody has an account; a database that was only migrated has none."""
    if not inspect(connection).has_table(_ACCOUNTS):
        return False
    return connection.scalar(select(column("id")).select_from(table(_ACCOUNTS)).limit(1)) is not None
