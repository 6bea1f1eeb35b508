"""What guardians agreed to has changed: another day, another place, out of the county, into the night. They are asked
again; the announced rain plan is part of what they agreed to."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.core.db import db
from app.events.models import PLACED, Event, Registration, RegistrationState, Slot
from app.events.registration import leaning, places
from app.events.registration.scopes import keep_term, scope_of, span_of
from app.events.registration.telling import tell_state
from app.people.ages import adult_on
from app.people.consents.models import ConsentInForce
from app.people.consents.scopes import PROGRAMME, event_of, event_scope, programme_of


class Terms(NamedTuple):
    """What of a slot a guardian agreed to."""

    scope: str
    day: date
    last_day: date
    place: str
    is_overnight: bool
    leaves_county: bool


def terms_of(event: Event) -> dict[int, Terms]:
    """Return what holds for the slots of an event, before they are changed."""
    return {slot.id: _terms(slot, event) for slot in event.slots}


def ask_again(event: Event, was: Mapping[int, Terms], *, at: datetime) -> None:
    """Hold the places in changed slots again for whom a guardian had agreed to something else, and tell them.

    Within a term a class or shift may move from day to day: that is what the consent of a term is for.
    """
    for slot in event.slots:
        keep_term(slot, event)
    db.session.flush()
    changed = [one.id for one in event.slots if one.id in was and _is_material(was[one.id], _terms(one, event))]
    to_come = [one for one in places.lock_slots(changed) if one.starts_at > at]
    if to_come:
        places.lock_slots(one.id for one in event.slots)
        _ask_minors_in([one.id for one in to_come], event_scope(event.id), at=at)
    if event.programme_id:
        follow_programme(event, at=at)


def _ask_minors_in(slot_ids: list[int], own: str, *, at: datetime) -> None:
    minors = _minors_in(slot_ids)
    leant_on = ConsentInForce.id.in_([one.consent_id for one in minors if one.consent_id])
    of_event = ConsentInForce.person_id.in_([one.person_id for one in minors]) & (ConsentInForce.scope == own)
    held = select(ConsentInForce).where(leant_on | of_event).order_by(ConsentInForce.id)
    for consent in db.session.scalars(held).all():
        if programme_of(consent.scope) is None:
            _end(consent, at=at)
    for one in minors:
        places.weigh(one.slot, [one], at=at)
        if one.state is RegistrationState.HELD:
            tell_state(one.slot, [one], at=at)


def follow_programme(event: Event, *, at: datetime) -> None:
    """Weigh anew what the consent of a programme covers, or no longer covers, once an event was put into one, taken
    out of it, or either goes further now, and tell those for whom that changes something."""
    db.session.flush()
    to_come = [slot for slot in places.lock_slots([slot.id for slot in event.slots]) if slot.starts_at > at]
    waits, by_programme = Registration.state == RegistrationState.HELD, Registration.consent_scope.startswith(PROGRAMME)
    theirs = select(Registration).where(Registration.state.in_(PLACED), waits | by_programme).order_by(Registration.id)
    for slot in to_come:
        found = db.session.scalars(theirs.where(Registration.slot_id == slot.id)).all()
        before = {one.id: one.state for one in found}
        places.weigh(slot, found, at=at)
        tell_state(slot, [one for one in found if one.state is not before[one.id]], at=at)


def _end(consent: ConsentInForce, *, at: datetime) -> None:
    """End the consent of an event; one of a term holds on, for what is still within it."""
    found = [one for one in leaning.lock_places(consent.person_id, consent.scope) if one.slot.starts_at > at]
    mine = [one for one in found if one.consent_id == consent.id]
    for one in mine:
        one.state, one.held_until, one.consent_id, one.consent_scope, one.consent_proven = _HELD
    db.session.flush()
    if event_of(consent.scope):
        leaning.end_consent(consent, at=at)
    for one in mine:
        places.weigh(one.slot, [one], at=at)


_HELD = (RegistrationState.HELD, None, None, None, None)


def _minors_in(slot_ids: list[int]) -> list[Registration]:
    """Return the minors whose guardian had agreed, or did not have to."""
    agreed = (Registration.state == RegistrationState.HELD) & Registration.consent_id.is_not(None)
    theirs = (Registration.slot_id.in_(slot_ids), (Registration.state == RegistrationState.CONFIRMED) | agreed)
    found = db.session.scalars(select(Registration).where(*theirs).order_by(Registration.id))
    return [one for one in found if one.registered_on < adult_on(one.fourteen_on)]


def _terms(slot: Slot, event: Event) -> Terms:
    span, place = span_of(slot, leaves_county=event.leaves_county), slot.place or event.place
    return Terms(scope_of(slot), span.starts_on, span.ends_on, place, span.nights_away, span.leaves_county)


def _is_material(before: Terms, after: Terms) -> bool:
    return before != after and not (before.scope == after.scope and event_of(after.scope) is None)
