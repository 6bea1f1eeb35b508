"""Until when an offer is open, or a place held, so that it can be read, talked over at home and answered."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.core.clock import SHANGHAI, local
from app.core.db import db
from app.events.models import Registration, Slot
from app.messages.quiet import leaves_at
from app.people.models import Enrolment

_SHORTEST = timedelta(minutes=30)
_CLOSE = timedelta(hours=48)
_HELD = timedelta(hours=72)  # a parent reads it in the evening, a teacher calls the next day
_SUNDAY, _HOME_AGAIN = 6, time(20)


def lapses_at(slot: Slot, *, at: datetime, boards: bool) -> datetime:
    """Return when an offer made now lapses: after the slot's hours; in the last two days before the start after a
    quarter of what is left, half an hour at least.

    One that would lapse between 21:00 and 08:00 lapses at 08:00; for whoever boards at school, and has the phone at
    weekends, not before Sunday 20:00; and never past the start.
    """
    left = slot.starts_at - at
    hours = timedelta(hours=slot.offer_hours)
    wanted = at + (min(hours, max(left / 4, _SHORTEST)) if left < _CLOSE else hours)
    return _at_a_good_hour(wanted, slot.starts_at, at=at, boards=boards)


def held_until(starts_at: datetime, *, at: datetime, boards: bool) -> datetime:
    """Return until when a place is held for a guardian: three days, half of what is left when it begins before six have
    passed; otherwise as an offer."""
    wanted = at + min(_HELD, max((starts_at - at) / 2, _SHORTEST))
    return _at_a_good_hour(wanted, starts_at, at=at, boards=boards)


def anybody_boards(members: Iterable[Registration]) -> bool:
    """Return whether one of them lives at school."""
    person_ids = [one.person_id for one in members]
    boarding = select(Enrolment.id).where(
        Enrolment.person_id.in_(person_ids), Enrolment.ended_at.is_(None), Enrolment.boards
    )
    return db.session.scalar(boarding.limit(1)) is not None


def _at_a_good_hour(wanted: datetime, starts_at: datetime, *, at: datetime, boards: bool) -> datetime:
    if boards:
        wanted = max(wanted, _sunday_evening(at))
    return min(leaves_at(wanted), starts_at)


def _sunday_evening(at: datetime) -> datetime:
    here = local(at)
    sunday = here.date() + timedelta(days=_SUNDAY - here.weekday())
    evening = datetime.combine(sunday, _HOME_AGAIN, SHANGHAI)
    return (evening if evening > at else evening + timedelta(days=7)).astimezone(at.tzinfo)
