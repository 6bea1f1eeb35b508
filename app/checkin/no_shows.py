"""The day after: who was expected, did not come, and had not said so. Only where the door was really at work."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from app.checkin.models import Attendance
from app.core.clock import local_day, start_of_day
from app.core.db import db
from app.events.leave import absences
from app.events.models import Event, Registration, Slot

_other = aliased(Registration)
_LATEST = timedelta(days=7)  # a slot that was not looked at by then is let alone


def slots_to_look_at(at: datetime) -> list[int]:
    """Return the slots that ended on a day before this one, within a week, and took place."""
    today = start_of_day(local_day(at))
    over = (
        select(Slot.id)
        .join(Slot.event)
        .where(Event.ends_at > today - _LATEST, Slot.ends_at > today - _LATEST, Slot.ends_at <= today)
        .where(Event.published_at.is_not(None), Event.cancelled_at.is_(None))
    )
    return list(db.session.scalars(over.order_by(Slot.ends_at, Slot.id)))


def note_no_shows(slot_id: int, *, at: datetime) -> int:
    """Write down a batch of those who did not come; returns how many, 0 at the end.

    Nobody under 14 on that day, and nobody at all where no arrival of the slot is on record.
    """
    return absences.note_no_shows(_missing(db.session.get_one(Slot, slot_id)), at=at)


def take_back(registration_ids: Iterable[int], *, at: datetime) -> None:
    """Take back that people did not come, for a scan that arrived late or a correction says they did."""
    absences.forget(list(registration_ids), at=at)


def _missing(slot: Slot) -> Select[int, int, int, datetime]:
    came = exists().where(Attendance.registration_id == Registration.id)
    here = select(Attendance.id).join(Attendance.registration.of_type(_other)).where(_other.slot_id == slot.id)
    return absences.missed_in(slot).where(~came, here.exists(), Registration.fourteen_on <= local_day(slot.starts_at))
