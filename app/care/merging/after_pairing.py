"""Letters, and stays with host families, of somebody who was entered twice."""

from sqlalchemy import Table, delete, update

from app.care.merging.rules import Merging, doubles, move
from app.core.db import db


def merge_letters(table: Table, merging: Merging) -> None:
    """Let letters be the kept record's, as writer and as reader; nobody writes to oneself."""
    both = (merging.kept_id, merging.other_id)
    db.session.execute(delete(table).where(table.c.person_id.in_(both), table.c.reader_id.in_(both)))
    for column in (table.c.person_id, table.c.reader_id):
        theirs = update(table).where(column == merging.other_id)
        db.session.execute(theirs.values({column.name: merging.kept_id}))


def merge_placements(table: Table, merging: Merging) -> None:
    """Let placements be the kept record's; of two in one programme the other's ends."""
    double = doubles(table, merging, "programme_id", is_open="ended_at")
    ended = update(table).where(table.c.id.in_(double))
    db.session.execute(ended.values(ended_at=merging.at, family_is_approved=None))
    move(table, merging)
