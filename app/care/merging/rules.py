"""What becomes of the rows of a person who was entered twice, table by table.

Whatever refers to people has a rule here, or merging stops: see `tables_of_people`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, exists, select, update

from app.core.db import METADATA, db


@dataclass(frozen=True)
class Merging:
    """The record that is kept, the other one, through whom and when."""

    kept_id: int
    other_id: int
    by: int
    at: datetime


Rule = Callable[[Table, Merging], None]


def tables_of_people() -> Iterator[Table]:
    """Yield every table whose rows are somebody's, by reflection: a new one cannot be forgotten."""
    for table in METADATA.sorted_tables:
        refers = any(key.column.table.name == "people" for key in table.foreign_keys)
        if refers and table.name != "people":
            yield table


def move(table: Table, merging: Merging) -> None:
    """Let the rows be the kept record's."""
    theirs = table.c.person_id == merging.other_id
    db.session.execute(update(table).where(theirs).values(person_id=merging.kept_id))


def stay(_table: Table, _merging: Merging) -> None:
    """Leave the rows with the other record, which says into which one it was merged: evidence is never changed."""


def move_all_but_doubles(*same: str) -> Rule:
    """Return the rule for rows of which a person has one: where the kept record has one already, the other goes."""

    def rule(table: Table, merging: Merging) -> None:
        double = doubles(table, merging, *same)
        db.session.execute(delete(table).where(table.c.id.in_(double)))
        move(table, merging)

    return rule


def move_ending_doubles(*same: str, is_open: str, **ending: str) -> Rule:
    """Return the rule for rows of which a person has one that is open: of two, the other's is ended first.

    ``ending`` says for each column what it becomes: "at", "by", or a word.
    """

    def rule(table: Table, merging: Merging) -> None:
        values = {"at": merging.at, "by": merging.by}
        ended = {column: values.get(what, what) for column, what in ending.items()}
        double = doubles(table, merging, *same, is_open=is_open)
        db.session.execute(update(table).where(table.c.id.in_(double)).values(ended))
        move(table, merging)

    return rule


def doubles(table: Table, merging: Merging, *same: str, is_open: str = "") -> list[int]:
    """Return the ids of the other record's rows that the kept one has, too."""
    kept = table.alias("kept")
    theirs, own = (table.c.person_id == merging.other_id), (kept.c.person_id == merging.kept_id)
    alike = [table.c[name] == kept.c[name] for name in same]
    both_open = [one.c[name].is_(None) for name in is_open.split() for one in (table, kept)]
    twin = exists().where(own, *alike, *both_open).correlate(table)
    return list(db.session.scalars(select(table.c.id).where(theirs, twin)))
