"""Reminding the silent ones twice at most, and looking at whom to call."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.audit import AccessEntry, note_access
from app.core.db import db
from app.events.models import Event, RegistrationState
from app.events.registration.telling import tell_state
from app.people.models import SchoolClass
from app.people.whose import whose_of
from app.schooldesk.class_events.answers import Reply, Row, rows_of
from app.schooldesk.class_events.problems import RemindedTwice
from app.schooldesk.models import MOST_REMINDERS, ClassReminder

OPEN_FOR = timedelta(hours=2)  # an evening's telephoning; then one asks anew, and that is written down anew


def reminders_of(class_id: int, event_id: int) -> list[ClassReminder]:
    """Return when a class was reminded of an event."""
    sent = select(ClassReminder).where(ClassReminder.class_id == class_id, ClassReminder.event_id == event_id)
    return list(db.session.scalars(sent.order_by(ClassReminder.number)))


def remind(class_id: int, event_id: int, number: int, *, by: int, at: datetime) -> int:
    """Tell the silent families who have an account once more; returns how many pupils it is about.

    ``number`` is which reminder it is meant to be, so that a double tap is one. Raises `RemindedTwice`.
    """
    one = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    event = db.session.get_one(Event, event_id)
    sent = len(reminders_of(class_id, event_id))
    silent = [row for row in rows_of(one, event) if row.reply is Reply.SILENT]
    if number <= sent:
        return len(silent)
    if sent >= MOST_REMINDERS:
        raise RemindedTwice
    db.session.add(ClassReminder(class_id=class_id, event_id=event_id, number=sent + 1, at=at, by_id=by))
    for row in silent:
        for place in row.places:
            if place.state is RegistrationState.HELD:
                tell_state(place.slot, [place], at=at)
    return len(silent)


def open_phones(class_id: int, event_id: int, rows: list[Row], *, by: int, at: datetime) -> None:
    """Let somebody see the silent families' numbers for two hours, and write down whose they were."""
    people = whose_of(row.pupil.person for row in rows if row.reply in (Reply.SILENT, Reply.UNPROVEN))
    note_access("phones", _record(class_id), event_id, people=people, purpose="contact", by=by, at=at)


def phones_are_open(class_id: int, event_id: int, *, by: int, at: datetime) -> bool:
    """Return whether somebody has asked for the numbers of a class lately."""
    asked = select(AccessEntry.id).where(
        AccessEntry.at > at - OPEN_FOR,
        AccessEntry.user_id == by,
        AccessEntry.action == "phones",
        AccessEntry.record == _record(class_id),
        AccessEntry.record_id == event_id,
    )
    return db.session.scalar(asked.limit(1)) is not None


def _record(class_id: int) -> str:
    return f"class_{class_id}"
