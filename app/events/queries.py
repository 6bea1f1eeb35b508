"""Which events, slots and places somebody may see."""

from datetime import datetime

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.core.access import Principal, Role
from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot
from app.people.models import ActsFor

PAGE = 20


def events_visible_to(principal: Principal) -> Select[Event]:
    """Return published events for everyone, and a host's own drafts for its staff."""
    return select(Event).where(or_(Event.published_at.is_not(None), Event.host_id.in_(principal.units(Role.STAFF))))


def slots_visible_to(principal: Principal) -> Select[Slot]:
    """Return the slots of the events that somebody may see, closed ones too."""
    return (
        select(Slot)
        .join(Slot.event)
        .where(or_(Event.published_at.is_not(None), Event.host_id.in_(principal.units(Role.STAFF))))
        .options(contains_eager(Slot.event).joinedload(Event.host))
    )


def events_run_by(principal: Principal) -> Select[Event]:
    """Return the events of the hosts somebody works for."""
    return select(Event).where(Event.host_id.in_(principal.units(Role.STAFF)))


def slots_run_by(principal: Principal) -> Select[Slot]:
    """Return the slots of the hosts somebody works for."""
    own = Event.host_id.in_(principal.units(Role.STAFF))
    return select(Slot).join(Slot.event).where(own).options(contains_eager(Slot.event))


def registrations_run_by(principal: Principal) -> Select[Registration]:
    """Return the registrations for the events of the hosts somebody works for."""
    own = Event.host_id.in_(principal.units(Role.STAFF))
    return _with_all(select(Registration).join(Registration.slot).join(Slot.event).where(own))


def registrations_of(user_id: int) -> Select[Registration]:
    """Return the registrations of the persons an account acts for."""
    persons = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    return _with_all(
        select(Registration).join(Registration.slot).join(Slot.event).where(Registration.person_id.in_(persons))
    )


def upcoming(at: datetime, after: tuple[datetime, int] | None = None) -> list[Event]:
    """Return a page of published events that are not over, the next first; one more than `PAGE` if there is more.

    ``after`` is the start and id of the last one of the page before.
    """
    statement = select(Event).where(Event.published_at.is_not(None), Event.ends_at > at)
    if after:
        statement = statement.where(tuple_(Event.starts_at, Event.id) > after)
    statement = statement.options(selectinload(Event.slots), joinedload(Event.host))
    return list(db.session.scalars(statement.order_by(Event.starts_at, Event.id).limit(PAGE + 1)))


def desk_to_come(principal: Principal, at: datetime, after: tuple[datetime, int] | None) -> list[Event]:
    """Return a page of a host's events that are not over, the next first; one more than `PAGE` if there is more."""
    statement = _for_desk(principal).where(Event.ends_at > at)
    if after:
        statement = statement.where(tuple_(Event.starts_at, Event.id) > after)
    return list(db.session.scalars(statement.order_by(Event.starts_at, Event.id).limit(PAGE + 1)))


def desk_over(principal: Principal, at: datetime, before: tuple[datetime, int] | None) -> list[Event]:
    """Return a page of a host's events that are over, the latest first; one more than `PAGE` if there is more."""
    statement = _for_desk(principal).where(Event.ends_at <= at)
    if before:
        statement = statement.where(tuple_(Event.starts_at, Event.id) < before)
    return list(db.session.scalars(statement.order_by(Event.starts_at.desc(), Event.id.desc()).limit(PAGE + 1)))


def with_a_place(slot_id: int, person_ids: list[int]) -> set[int]:
    """Return which of these people have a place in a slot."""
    found = select(Registration.person_id).where(
        Registration.slot_id == slot_id,
        Registration.person_id.in_(person_ids),
        Registration.state != RegistrationState.CANCELLED,
    )
    return set(db.session.scalars(found))


def _for_desk(principal: Principal) -> Select[Event]:
    return events_run_by(principal).options(selectinload(Event.slots), joinedload(Event.host))


def _with_all(statement: Select[Registration]) -> Select[Registration]:
    return statement.options(
        contains_eager(Registration.slot).contains_eager(Slot.event).joinedload(Event.host),
        joinedload(Registration.person),
        joinedload(Registration.school),
    )
