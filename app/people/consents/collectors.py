"""Who may fetch a child, as a guardian entered it beforehand: people by name, or that the child may leave alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.changes import note_change
from app.core.db import Base, db
from app.people.models import Person
from app.people.names import tidy_name

MOST = 6  # people who may fetch one child: a list that staff can look through at the gate


class CollectorKind(StrEnum):
    """Somebody by name, or nobody at all."""

    NAMED = "named"
    ALONE = "alone"


class Collector(Base):
    """One answer to "who may fetch the child?". Of a phone only the last four digits: enough to ask for at the gate."""

    __tablename__ = "collectors"
    __table_args__ = (
        CheckConstraint("kind IN ('named', 'alone')", name="kind"),
        CheckConstraint("(kind = 'alone') = (name = '')", name="named_has_a_name"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"))  # who said so
    kind: Mapped[CollectorKind]
    name: Mapped[str] = mapped_column(default="")
    phone_end: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


def collectors_of(person_ids: Iterable[int]) -> Sequence[Collector]:
    """Return who may fetch some children now, in the order in which they were entered."""
    theirs = (Collector.person_id.in_(list(person_ids)), Collector.removed_at.is_(None))
    return db.session.scalars(select(Collector).where(*theirs).order_by(Collector.id)).all()


def let_fetch(person_id: int, guardian_id: int, name: str, phone_end: str, *, at: datetime) -> Collector | None:
    """Enter somebody who may fetch a child. The same name again changes the digits; None when the list is full."""
    known = [one for one in _locked(person_id) if one.kind is CollectorKind.NAMED]
    same = next((one for one in known if one.name == tidy_name(name)), None)
    if same:
        same.phone_end = phone_end
        return same
    if len(known) >= MOST:
        return None
    return _add(person_id, guardian_id, CollectorKind.NAMED, tidy_name(name), phone_end, at)


def let_leave_alone(person_id: int, guardian_id: int, *, at: datetime) -> Collector:
    """Allow a child to go home alone; a second time changes nothing."""
    known = next((one for one in _locked(person_id) if one.kind is CollectorKind.ALONE), None)
    return known or _add(person_id, guardian_id, CollectorKind.ALONE, "", "", at)


def take_off(person_id: int, collector_id: int, *, at: datetime) -> bool:
    """Take an answer back; returns whether it was one about this child that still held."""
    known = next((one for one in _locked(person_id) if one.id == collector_id), None)
    if known:
        known.removed_at = at
        note_change("person", person_id, "collector_removed", by=None, at=at)
    return known is not None


def _locked(person_id: int) -> Sequence[Collector]:
    db.session.get_one(Person, person_id, with_for_update={"key_share": True})
    return collectors_of([person_id])


def _add(person_id: int, guardian_id: int, kind: CollectorKind, name: str, phone_end: str, at: datetime) -> Collector:
    row = Collector(
        person_id=person_id, guardian_id=guardian_id, kind=kind, name=name, phone_end=phone_end, added_at=at
    )
    db.session.add(row)
    note_change("person", person_id, "collector_added", by=None, at=at)
    db.session.flush()
    return row
