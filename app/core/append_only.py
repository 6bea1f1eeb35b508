"""Tables that are written once: the database itself refuses UPDATE and DELETE, and TRUNCATE where there is one.

For migrations. A batch alteration on SQLite drops the triggers of its table without a word: guard it again.
"""

from alembic import op

_SQLITE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""

_POSTGRESQL = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def guard(table: str) -> None:
    """Make a table append-only."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(_SQLITE.format(table=table, verb=verb))
        return
    op.execute(_FUNCTION)
    for verb in ("update", "delete", "truncate"):
        op.execute(_POSTGRESQL.format(table=table, verb=verb))


def unguard(table: str) -> None:
    """Make a table changeable again, for a migration that must."""
    on_table = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
    verbs = ("update", "delete") if not on_table else ("update", "delete", "truncate")
    for verb in verbs:
        op.execute(f"DROP TRIGGER {table}_refuse_{verb}{on_table}")
