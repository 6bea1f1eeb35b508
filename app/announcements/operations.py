"""Sending an announcement off, and taking it back before it leaves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.announcements.group import Group
from app.announcements.jobs import SEND
from app.announcements.meant import meant_by, names_in
from app.announcements.problems import HasLeft, NobodyMeant
from app.core.changes import note_change
from app.core.db import db
from app.core.jobs import Urgency, enqueue
from app.events.planning import locked
from app.messages.models import Announcement

UNDO = timedelta(seconds=30)  # that one has to think again


@dataclass(frozen=True)
class Words:
    """What is told, and whether it is about safety or a cancellation."""

    subject: str
    body: str
    is_urgent: bool = False


def send_off(event_id: int, group: Group, words: Words, *, by: int, at: datetime) -> Announcement:
    """Tell a group something half a minute from now; who is in it is looked up again then.

    The same words to the same group while the first still wait are the first. Raises `NobodyMeant`.
    """
    event = locked(event_id)
    chosen = group.in_address | names_in(event_id, group)
    if waiting := _waiting(event_id, chosen, words, by):
        return waiting
    people = meant_by(event_id, group, at).people
    if not people:
        raise NobodyMeant
    sent = Announcement(
        organisation_id=event.host_id,
        event_id=event_id,
        group=chosen,
        people=people,
        made_by_id=by,
        made_at=at,
        leaves_at=at + UNDO,
        **vars(words),
    )
    db.session.add(sent)
    db.session.flush()
    urgency = Urgency.NOW if words.is_urgent else Urgency.NORMAL
    enqueue(
        SEND,
        {"announcement": sent.id, "is_urgent": words.is_urgent},
        at=at,
        run_at=sent.leaves_at,
        urgency=urgency,
    )
    note_change("event", event_id, "told", by=by, at=at, subject=words.subject, people=people)
    return sent


def undo(announcement_id: int, *, by: int, at: datetime) -> Announcement:
    """Take an announcement back; a second time changes nothing. Raises `HasLeft` once it began to leave: of this and
    `leaving.begin` whoever has the row first wins."""
    row = db.session.get_one(Announcement, announcement_id, with_for_update=True, populate_existing=True)
    if row.left_at is not None:
        raise HasLeft
    if row.undone_at is None:
        row.undone_at = at
        note_change("event", row.event_id, "told_undone", by=by, at=at, subject=row.subject)
    return row


def _waiting(event_id: int, chosen: dict[str, list[str]], words: Words, by: int) -> Announcement | None:
    """Return what was sent off already: somebody pressed twice."""
    open_ones = select(Announcement).where(
        Announcement.event_id == event_id,
        Announcement.made_by_id == by,
        Announcement.left_at.is_(None),
        Announcement.undone_at.is_(None),
    )
    found = db.session.scalars(open_ones.order_by(Announcement.id.desc()))
    return next((one for one in found if one.group == chosen and _words(one) == words), None)


def _words(row: Announcement) -> Words:
    return Words(row.subject, row.body, row.is_urgent)
