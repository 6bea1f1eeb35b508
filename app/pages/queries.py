"""What pages show that no single part knows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.certificates.models import Certificate
from app.checkin.models import Attendance
from app.checkin.queries import arrived_in
from app.checkin.taking_in import with_event
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.people.models import Person
from app.people.queries import named_like

PAGE = 50
NameKey = tuple[str, int]


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
    arrived = arrived_in(event_id)
    certified = select(func.count(Certificate.id)).where(
        Certificate.event_id == event_id, Certificate.revoked_at.is_(None)
    )
    others = [part.scalar_subquery() for part in (held, arrived, certified)]
    return Numbers(*db.session.execute(slots.add_columns(*others)).one())


def filters_for(event_id: int) -> dict[str, list[ColumnElement[bool]]]:
    """Return the conditions behind the tabs of an event's list."""
    was_there = exists().where(Attendance.registration_id == Registration.id)
    active = Registration.state != RegistrationState.CANCELLED
    mine = [Slot.event_id == event_id]
    return {
        "all": [*mine, active],
        "missing": [*mine, active, ~was_there],
        "arrived": [*mine, was_there],
        "held": [*mine, Registration.state == RegistrationState.HELD],
        "cancelled": [*mine, Registration.state == RegistrationState.CANCELLED],
    }


def registrations_in(event_id: int, view: str, name: str) -> Select[Registration]:
    """Return an event's registrations in a view, by name, those only whose name begins so."""
    conditions = filters_for(event_id)[view]
    statement = with_event(select(Registration)).join(Registration.person).options(joinedload(Registration.school))
    if name:
        statement = statement.where(named_like(name))
    return statement.where(*conditions).order_by(Person.name_pinyin, Registration.id)


def page_by_name(statement: Select[Registration], after: NameKey | None) -> list[Registration]:
    """Return a page of registrations, one more than `PAGE` if there is more; ``after`` is the last one's key."""
    if after:
        reading, number = after
        statement = statement.where(
            (Person.name_pinyin > reading) | ((Person.name_pinyin == reading) & (Registration.id > number))
        )
    return list(db.session.scalars(statement.limit(PAGE + 1)))


def registrations_by_time(
    user_registrations: Select[Registration], at: datetime
) -> tuple[list[Registration], list[Registration]]:
    """Return an account's registrations: what is to come, the next first, and what is over, the latest first."""
    found = db.session.scalars(user_registrations.order_by(Slot.starts_at, Registration.id)).all()
    to_come = [one for one in found if one.slot.ends_at > at and one.is_active]
    over = [one for one in reversed(found) if one.slot.ends_at <= at or not one.is_active]
    return to_come, over
