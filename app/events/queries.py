"""Which events, slots and places somebody may see."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.core.access import Principal, Role
from app.core.db import db, table_of
from app.events.desk_search import DeskView, DeskWanted
from app.events.models import OPEN, Event, Registration, RegistrationState, Slot, WayIn
from app.events.search import Wanted, event_conditions, slot_condition
from app.organisations.models import Organisation
from app.people.models import ActsFor

PAGE = 20
_EVENT, _SLOT, _HOST, _PLACE = (table_of(model) for model in (Event, Slot, Organisation, Registration))
_APPLIED = select(func.count()).where(_PLACE.c.slot_id == _SLOT.c.id, _PLACE.c.state == RegistrationState.APPLIED)
_PUBLIC_FACTS = (
    select(_EVENT, _HOST.c.name, _SLOT, case((_SLOT.c.way_in == WayIn.LOTTERY, _APPLIED.scalar_subquery()), else_=0))
    .join_from(_EVENT, _HOST, _HOST.c.id == _EVENT.c.host_id)
    .join(_SLOT, _SLOT.c.event_id == _EVENT.c.id)
    .where(_EVENT.c.id == bindparam("event_id"), _EVENT.c.published_at.is_not(None))
    .order_by(_SLOT.c.starts_at, _SLOT.c.id)
)
Key = tuple[datetime, int]


def events_visible_to(principal: Principal) -> Select[Event]:
    """Return published events for everyone, and a host's own drafts for its staff."""
    return select(Event).where(_is_visible_to(principal))


def whole_events_visible_to(principal: Principal) -> Select[Event]:
    """Return the same with all that an event's page shows, in one statement."""
    return events_visible_to(principal).options(joinedload(Event.slots), joinedload(Event.host))


def public_facts(event_id: int) -> tuple[tuple[Any, ...], ...]:
    """Return everything that the page of a published event shows, as plain rows, one for each slot."""
    return tuple(tuple(row) for row in db.session.connection().execute(_PUBLIC_FACTS, {"event_id": event_id}))


def slots_visible_to(principal: Principal) -> Select[Slot]:
    """Return the slots of the events that somebody may see, closed ones too."""
    return (
        select(Slot)
        .join(Slot.event)
        .where(_is_visible_to(principal))
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


def party_of(registration: Registration, user_id: int) -> list[Registration]:
    """Return those who come together with somebody and have a place or may still get one; the person itself, too.

    Only those for whom the account acts: a substitute in the party is another family's child.
    """
    if registration.party_id is None:
        return [registration]
    theirs = select(Registration).where(
        Registration.person_id.in_(select(ActsFor.person_id).where(ActsFor.user_id == user_id)),
        Registration.party_id == registration.party_id,
        Registration.state.in_(OPEN) | (Registration.id == registration.id),
    )
    return list(db.session.scalars(theirs.options(joinedload(Registration.person)).order_by(Registration.id)))


def upcoming(wanted: Wanted, at: datetime, after: Key | None = None) -> list[Event]:
    """Return a page of published events that are not over, the next first; one more than `PAGE` if there is more.

    ``after`` is the start and id of the last one of the page before.
    """
    statement = select(Event).where(Event.published_at.is_not(None), Event.ends_at > at)
    statement = statement.where(*event_conditions(wanted, at))
    fitting = slot_condition(wanted, at)
    if fitting is not None:
        # one look into the slots of each event: as EXISTS, PostgreSQL reads all slots of all events to join them
        slot = select(Slot.id).where(Slot.event_id == Event.id, fitting).limit(1)
        statement = statement.where(slot.scalar_subquery().is_not(None))
    return _page(_earliest_first(statement, after))


def desk_events(principal: Principal, wanted: DeskWanted, at: datetime, after: Key | None) -> list[Event]:
    """Return a page of a part of a host's events; one more than `PAGE` if there is more.

    What is over comes latest first, the rest earliest first. ``after`` is the key of the last one of the page before.
    """
    in_view = Event.host_id.in_(principal.units_in_view(Role.STAFF))
    statement = events_run_by(principal).where(in_view, *wanted.conditions)
    if wanted.view is DeskView.OVER:
        return _page(_latest_first(statement.where(Event.ends_at <= at), after))
    part = Event.published_at.is_(None) if wanted.view is DeskView.DRAFTS else Event.ends_at > at
    return _page(_earliest_first(statement.where(part), after))


def heading_of(slot_id: int) -> Row[int, str, str]:
    """Return a slot's event (its ``event_id`` and ``event_title``) and its own ``title``, without loading either."""
    slots, events = table_of(Slot), table_of(Event)
    heading = select(slots.c.event_id, events.c.title.label("event_title"), slots.c.title)
    found = heading.join_from(slots, events).where(slots.c.id == slot_id)
    return db.session.connection().execute(found).one()


def already_in(slot_id: int, person_ids: list[int]) -> dict[int, Registration]:
    """Return the sign-ups for a slot that these people have already, by person: places, and those still waiting."""
    found = select(Registration).where(
        Registration.slot_id == slot_id,
        Registration.person_id.in_(person_ids),
        Registration.state.in_(OPEN),
    )
    return {one.person_id: one for one in db.session.scalars(found)}


def _is_visible_to(principal: Principal) -> ColumnElement[bool]:
    published, own = Event.published_at.is_not(None), principal.units(Role.STAFF)
    return or_(published, Event.host_id.in_(own)) if own else published


def _earliest_first(statement: Select[Event], after: Key | None) -> Select[Event]:
    if after:
        statement = statement.where(tuple_(Event.starts_at, Event.id) > after)
    return statement.order_by(Event.starts_at, Event.id)


def _latest_first(statement: Select[Event], before: Key | None) -> Select[Event]:
    if before:
        statement = statement.where(tuple_(Event.starts_at, Event.id) < before)
    return statement.order_by(Event.starts_at.desc(), Event.id.desc())


def _page(statement: Select[Event]) -> list[Event]:
    whole = statement.options(selectinload(Event.slots), joinedload(Event.host))
    return list(db.session.scalars(whole.limit(PAGE + 1)))


def with_event(statement: Select[Registration]) -> Select[Registration]:
    """Return the statement, bringing slot, event and person along."""
    return (
        statement.join(Registration.slot)
        .join(Slot.event)
        .options(
            contains_eager(Registration.slot).contains_eager(Slot.event),
            joinedload(Registration.person, innerjoin=True),
        )
    )


def _with_all(statement: Select[Registration]) -> Select[Registration]:
    return statement.options(
        contains_eager(Registration.slot).contains_eager(Slot.event).joinedload(Event.host),
        joinedload(Registration.person),
        joinedload(Registration.school),
    )
