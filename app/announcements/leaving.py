"""An announcement leaves: from here on it cannot be taken back, and everybody who is meant is told once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.announcements.group import read_group
from app.announcements.meant import registrations_meant
from app.core.db import db
from app.events.models import OPEN, PLACED, Event, Registration
from app.messages.models import Announcement, MessageKind
from app.messages.sending import News, Reader, tell_all


def begin(announcement_id: int, *, at: datetime) -> bool:
    """Let an announcement leave unless it was taken back; returns whether it does. Beginning twice is once."""
    row = db.session.get_one(Announcement, announcement_id, with_for_update=True, populate_existing=True)
    if row.undone_at is not None:
        return False
    row.left_at = row.left_at or at
    return True


def readers_of(announcement_id: int, at: datetime) -> list[int]:
    """Return the registrations of everybody who is meant at this moment, one for each person."""
    row = db.session.get_one(Announcement, announcement_id)
    return registrations_meant(row.event_id, read_group(row.group), at)


def tell(announcement_id: int, registration_ids: Sequence[int], *, at: datetime) -> int:
    """Tell the people of these registrations; who gave the place back meanwhile is left out, who was told already too.

    Returns how many were told now.
    """
    row = db.session.get_one(Announcement, announcement_id)
    event = db.session.get_one(Event, row.event_id)
    states = OPEN if read_group(row.group).people else PLACED
    still = select(Registration.id, Registration.person_id).where(
        Registration.id.in_(registration_ids), Registration.state.in_(states)
    )
    news = News(
        MessageKind.ANNOUNCEMENT,
        row.organisation_id,
        {"subject": row.subject, "body": row.body, "event": event.title, "contact": event.contact},
        event_id=row.event_id,
        announcement_id=row.id,
        is_urgent=row.is_urgent,
    )
    readers = [
        Reader(one.person_id, one.id, once=f"announcement:{row.id}:{one.person_id}")
        for one in db.session.execute(still.order_by(Registration.id))
    ]
    return tell_all(news, readers, at=at)
