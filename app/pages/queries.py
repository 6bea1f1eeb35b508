"""What pages show that no single part knows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, tuple_

from app.certificates.models import Certificate
from app.checkin.queries import arrived_in
from app.core.db import db
from app.core.paging import Key
from app.events.models import OPEN, OVER, Registration, RegistrationState, Slot

OLDER = 20


@dataclass(frozen=True)
class Numbers:
    """An event in five numbers of people."""

    taken: int
    capacity: int
    held: int
    arrived: int
    certified: int


def numbers(event_id: int) -> Numbers:
    """Return the numbers of an event, in one statement."""
    slots = select(func.coalesce(func.sum(Slot.taken), 0), func.coalesce(func.sum(Slot.capacity), 0)).where(
        Slot.event_id == event_id
    )
    held = (
        select(func.count(Registration.id))
        .join(Registration.slot)
        .where(Slot.event_id == event_id, Registration.state == RegistrationState.HELD)
    )
    certified = select(func.count(Certificate.id)).where(
        Certificate.event_id == event_id, Certificate.revoked_at.is_(None)
    )
    others = [held.scalar_subquery(), arrived_in(event_id), certified.scalar_subquery()]
    return Numbers(*db.session.execute(slots.add_columns(*others)).one())


def to_come(user_registrations: Select[Registration], at: datetime) -> list[Registration]:
    """Return an account's places in what is on or to come, the next first."""
    mine = user_registrations.where(Slot.ends_at > at, Registration.state.in_(OPEN))
    return list(db.session.scalars(mine.order_by(Slot.starts_at, Registration.id)))


def over(user_registrations: Select[Registration], at: datetime, before: Key | None) -> list[Registration]:
    """Return a page of an account's places that are over or given back, the latest first; one more than `OLDER` if
    there is more. ``before`` is the key of the last one of the page before."""
    mine = user_registrations.where((Slot.ends_at <= at) | Registration.state.in_(OVER))
    if before:
        mine = mine.where(tuple_(Slot.starts_at, Registration.id) < before)
    return list(db.session.scalars(mine.order_by(Slot.starts_at.desc(), Registration.id.desc()).limit(OLDER + 1)))
