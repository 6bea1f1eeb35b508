"""What staff notes about a registration, for staff alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.changes import note_change
from app.core.db import db
from app.events.models import Event, Registration, RegistrationComment, Slot


def comment(registration_id: int, words: str, *, by: int, at: datetime) -> RegistrationComment:
    """Note something about a registration; the same words right after each other are one note."""
    db.session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    last = db.session.scalar(_on(registration_id).limit(1))
    if last and (last.words, last.by_id) == (words, by):
        return last
    made = RegistrationComment(registration_id=registration_id, words=words, by_id=by, at=at)
    db.session.add(made)
    return made


def take_comment_away(comment_id: int, *, by: int, at: datetime) -> RegistrationComment:
    """Take a note out of sight; that it was there is kept. A second time changes nothing."""
    row = db.session.get_one(RegistrationComment, comment_id, with_for_update=True, populate_existing=True)
    if row.deleted_at is None:
        row.deleted_at = at
        note_change("registration", row.registration_id, "comment_deleted", by=by, at=at)
    return row


def comments_on(registration_id: int) -> Sequence[RegistrationComment]:
    """Return the notes about a registration, the latest first."""
    return db.session.scalars(_on(registration_id).options(joinedload(RegistrationComment.by))).all()


def comments_run_by(principal: Principal) -> Select[RegistrationComment]:
    """Return the notes at the events of the hosts somebody works for."""
    own = Event.host_id.in_(principal.units(Role.STAFF))
    return (
        select(RegistrationComment)
        .join(Registration, Registration.id == RegistrationComment.registration_id)
        .join(Slot, Slot.id == Registration.slot_id)
        .join(Event, Event.id == Slot.event_id)
        .where(own)
    )


def _on(registration_id: int) -> Select[RegistrationComment]:
    theirs = (RegistrationComment.registration_id == registration_id, RegistrationComment.deleted_at.is_(None))
    return select(RegistrationComment).where(*theirs).order_by(RegistrationComment.id.desc())
