"""Telling whoever acts for a child what became of a correction: what it was about, never what was typed."""

from datetime import datetime

from sqlalchemy import select

from app.care.correcting.models import DataCorrection
from app.core.db import db
from app.events.models import Event, Registration, Slot
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell
from app.people.models import ActsFor, Relation
from app.people.queries import current_enrolment
from app.programmes.models import Application, Programme


def tell_answered(row: DataCorrection, *, at: datetime) -> None:
    """Tell that it was put right, or stays as it is; a guardian without an account reads it on the private page.

    Why it stays is for guardians, so it is left out where somebody else reads along.
    """
    acting = set(db.session.scalars(select(ActsFor.relation).where(ActsFor.person_id == row.person_id)))
    teller = _teller(row.person_id)
    if not acting or teller is None:
        return
    facts: dict[str, object] = {"corrected": _about(row)}
    if not row.is_done and acting == {Relation.CHILD}:
        facts["reason"] = row.refused_why
    kind = MessageKind.DATA_CORRECTED if row.is_done else MessageKind.DATA_KEPT
    tell(News(kind, teller, facts), Reader(row.person_id, once=f"correction-{row.id}"), at=at)


def _about(row: DataCorrection) -> list[str]:
    asked = {"name": row.name, "born_on": row.born_on, "words": row.words}
    return [field for field, value in asked.items() if value]


def _teller(person_id: int) -> int | None:
    """Return the school, else the host of what somebody signed up or applied for last; None where there is neither."""
    known = current_enrolment(person_id)
    return known.school_id if known else _last_host(person_id)


def _last_host(person_id: int) -> int | None:
    places = select(Event.host_id).join(Slot, Slot.event_id == Event.id).join(Registration)
    places = places.where(Registration.person_id == person_id).order_by(Registration.id.desc())
    applied = select(Programme.host_id).join(Application, Application.programme_id == Programme.id)
    applied = applied.where(Application.person_id == person_id).order_by(Application.id.desc())
    return db.session.scalar(places.limit(1)) or db.session.scalar(applied.limit(1))
