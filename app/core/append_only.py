"""Tables that are written once: the database itself refuses UPDATE and DELETE, and TRUNCATE where there is one.

For migrations. A batch alteration on SQLite drops the triggers of its table without a word: guard it again.
"""

from alembic import op
from sqlalchemy import inspect

_SQLITE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""

_POSTGRESQL = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
FOR EACH {each} {when} EXECUTE FUNCTION refuse_change()
"""


def guard(table: str, *, emptied: str | None = None, kept_days: int | None = None) -> None:
    """Make a table append-only.

    Where somebody may have the words deleted, ``emptied`` is the one column that an update may empty, and nothing else
    with it. After ``kept_days`` a row may be deleted, by the column ``at`` and the database's own clock.
    """
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    exceptions = {
        "update": _but_emptying(table, emptied, is_sqlite=is_sqlite) if emptied else "",
        "delete": _but_old(kept_days, is_sqlite=is_sqlite) if kept_days else "",
    }
    if not is_sqlite:
        op.execute(_FUNCTION)
        op.execute(_POSTGRESQL.format(table=table, verb="truncate", each="STATEMENT", when=""))
    for verb, when in exceptions.items():
        each = "ROW" if when else "STATEMENT"
        op.execute((_SQLITE if is_sqlite else _POSTGRESQL).format(table=table, verb=verb, each=each, when=when))


def _but_emptying(table: str, column: str, *, is_sqlite: bool) -> str:
    """Return the condition that more than that changes; on SQLite it knows the columns there are now."""
    if not is_sqlite:
        rest = f"to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}'"
    else:
        names = [one["name"] for one in inspect(op.get_bind()).get_columns(table) if one["name"] != column]
        rest = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in names)
    return f"WHEN (NOT (NEW.{column} = '' AND OLD.{column} <> '' AND {rest}))"


def _but_old(days: int, *, is_sqlite: bool) -> str:
    if is_sqlite:
        return f"WHEN OLD.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{days} days')"
    return f"WHEN (OLD.at > now() - interval '{days} days')"


def unguard(table: str) -> None:
    """Make a table changeable again, for a migration that must."""
    on_table = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
    verbs = ("update", "delete") if not on_table else ("update", "delete", "truncate")
    for verb in verbs:
        op.execute(f"DROP TRIGGER {table}_refuse_{verb}{on_table}")
