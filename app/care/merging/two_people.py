"""Two people who are alike and are two: remembered, so that nobody is asked again."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.care.merging.models import NotDouble
from app.care.merging.rules import Merging
from app.core.changes import note_change
from app.core.db import db
from app.people.models import Person
from app.people.profile import RECORD


def say_two(person_id: int, other_id: int, *, by: int, at: datetime) -> None:
    """Remember that two people are two; a second time changes nothing."""
    ids = sorted({person_id, other_id})
    db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()).all()
    if len(ids) == 2 and said_two(person_id, other_id) is None:
        db.session.add(NotDouble(person_id=ids[0], other_id=ids[1], said_at=at, said_by_id=by))
        note_change(RECORD, person_id, "two_people", by=by, at=at)
        note_change(RECORD, other_id, "two_people", by=by, at=at)
        db.session.flush()


def said_two(person_id: int, other_id: int) -> NotDouble | None:
    """Return what was said of two people, None before anybody has."""
    first, second = sorted((person_id, other_id))
    pair = (NotDouble.person_id == first, NotDouble.other_id == second)
    return db.session.scalar(select(NotDouble).where(*pair))


def are_two(first: InstrumentedAttribute[int], second: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that somebody said so of two people, the older record first."""
    pair = and_(NotDouble.person_id == first, NotDouble.other_id == second)
    return select(NotDouble.id).where(pair).exists()


def keep_apart(_table: Table, merging: Merging) -> None:
    """Let whoever is not the other record not be the kept one; that these two were said to be two holds no more."""
    of_other = or_(NotDouble.person_id == merging.other_id, NotDouble.other_id == merging.other_id)
    for row in db.session.scalars(select(NotDouble).where(of_other)).all():
        third = row.other_id if row.person_id == merging.other_id else row.person_id
        db.session.delete(row)
        db.session.flush()
        if third != merging.kept_id:
            say_two(merging.kept_id, third, by=row.said_by_id, at=row.said_at)
