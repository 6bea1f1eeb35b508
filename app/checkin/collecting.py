"""接领: children under 14 leave with a guardian, with somebody a guardian entered, or alone if that is allowed."""

from datetime import datetime

from sqlalchemy import select

from app.checkin.collecting_models import CollectedBy, Collection
from app.checkin.models import Attendance
from app.checkin.problems import MayNotFetch, NotArrived
from app.core.changes import note_change
from app.core.db import db
from app.events.models import Registration
from app.people.consents.collectors import Collector, CollectorKind, collectors_of


def collect(
    registration_id: int, how: CollectedBy, collector_id: int | None = None, *, by: int, at: datetime
) -> Collection:
    """Write down with whom a child left; a second time is the first, whoever else was named meanwhile.

    Raises `NotArrived`, and `MayNotFetch` for somebody whom no guardian has entered, or leaving alone unasked.
    """
    registration = db.session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    known = collection_of(registration_id)
    if known:
        return known
    if db.session.scalar(select(Attendance.id).where(Attendance.registration_id == registration_id)) is None:
        raise NotArrived
    collector = _allowed(registration.person_id, how, collector_id)
    row = Collection(
        registration_id=registration_id,
        how=how,
        collector_id=collector.id if collector else None,
        collected_at=at,
        by_id=by,
    )
    db.session.add(row)
    note_change("registration", registration_id, "collected", by=by, at=at)
    db.session.flush()
    return row


def undo(collection_id: int, *, by: int, at: datetime) -> Collection:
    """Say that a child has not left after all; a second time changes nothing."""
    row = db.session.get_one(Collection, collection_id, with_for_update=True, populate_existing=True)
    if row.undone_at is None:
        row.undone_at, row.undone_by_id = at, by
        note_change("registration", row.registration_id, "collection_undone", by=by, at=at)
    return row


def collection_of(registration_id: int) -> Collection | None:
    """Return how a child left, None while it is here."""
    theirs = (Collection.registration_id == registration_id, Collection.undone_at.is_(None))
    return db.session.scalar(select(Collection).where(*theirs))


def _allowed(person_id: int, how: CollectedBy, collector_id: int | None) -> Collector | None:
    if how is CollectedBy.GUARDIAN:
        return None
    kind = CollectorKind.ALONE if how is CollectedBy.ALONE else CollectorKind.NAMED
    entered = [one for one in collectors_of([person_id]) if one.kind is kind]
    found = next((one for one in entered if one.id == collector_id or kind is CollectorKind.ALONE), None)
    if found is None:
        raise MayNotFetch
    return found
