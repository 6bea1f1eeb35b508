"""Invitation links: counted, expiring, one way into a slot."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select, update

from app.core.changes import note_change
from app.core.codes import read_code
from app.core.db import db
from app.events.models import InvitationLink
from app.events.problems import InvitationExpired, InvitationNeeded, InvitationUsedUp
from app.events.registration import places

MOST_USES = 5000


def invite(slot_id: int, note: str, most_uses: int, expires_at: datetime, *, by: int, at: datetime) -> InvitationLink:
    """Make a link for so many people; ``note`` says to staff whom it is for."""
    link = InvitationLink(
        slot_id=slot_id, note=note, most_uses=most_uses, uses=0, expires_at=expires_at, made_at=at, made_by_id=by
    )
    db.session.add(link)
    note_change("slot", slot_id, "invitation_made", by=by, at=at, uses=most_uses, note=note)
    db.session.flush()
    return link


def close(link_id: int, *, by: int, at: datetime) -> InvitationLink:
    """Let nobody in by a link any more; whoever came by it keeps the place. A second time changes nothing."""
    link = db.session.get_one(InvitationLink, link_id, with_for_update=True)
    if link.closed_at is None:
        link.closed_at = at
        note_change("slot", link.slot_id, "invitation_closed", by=by, at=at, note=link.note)
    return link


def links_of(slot_id: int) -> Select[InvitationLink]:
    """Return the links of a slot, the latest first."""
    return select(InvitationLink).where(InvitationLink.slot_id == slot_id).order_by(InvitationLink.id.desc())


def link_of(code: str) -> InvitationLink | None:
    """Return the link with this code."""
    return db.session.scalar(select(InvitationLink).where(InvitationLink.code == code))


def why_not(link: InvitationLink, *, at: datetime) -> InvitationExpired | InvitationUsedUp | None:
    """Return why a link lets nobody in any more, or None when it does."""
    if link.closed_at or link.expires_at <= at:
        return InvitationExpired()
    return InvitationUsedUp() if link.uses >= link.most_uses else None


def admit(slot_id: int, code: str, people: int, *, at: datetime) -> InvitationLink:
    """Use a link for so many people. Raises `InvitationNeeded`, `InvitationExpired` or `InvitationUsedUp`.

    The slot is locked first, as whoever leaves has it locked when an invitation is given back: else two would wait for
    each other.
    """
    places.lock_slot(slot_id)
    link = link_of(read_code(code) or "")
    if link is None or link.slot_id != slot_id:
        raise InvitationNeeded
    if link.closed_at or link.expires_at <= at:
        raise InvitationExpired
    room = (InvitationLink.id == link.id) & (InvitationLink.uses + people <= InvitationLink.most_uses)
    used = db.session.execute(update(InvitationLink).where(room).values(uses=InvitationLink.uses + people))
    if not used.rowcount:  # type: ignore[attr-defined]
        raise InvitationUsedUp
    return link


def give_back(invitation_id: int, people: int) -> None:
    """Let others use a link in place of people who left."""
    one = InvitationLink.id == invitation_id
    db.session.execute(update(InvitationLink).where(one).values(uses=InvitationLink.uses - people))


def use_again(invitation_id: int, people: int) -> bool:
    """Count people who gave a link back and have their places again; returns whether it still lets so many in."""
    room = (InvitationLink.id == invitation_id) & (InvitationLink.uses + people <= InvitationLink.most_uses)
    used = db.session.execute(update(InvitationLink).where(room).values(uses=InvitationLink.uses + people))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def move(slot_id: int, by: timedelta) -> None:
    """Let the open links of a slot that moves be good for as much longer, or shorter."""
    still = (InvitationLink.slot_id == slot_id, InvitationLink.closed_at.is_(None))
    for link in db.session.scalars(select(InvitationLink).where(*still)):
        link.expires_at += by
