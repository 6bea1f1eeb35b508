"""The places that one consent covers: confirmed by it, freed with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update

from app.core.db import db
from app.events.models import OPEN, Event, Registration, RegistrationState, Slot
from app.events.registration import admission, consenting, places
from app.events.registration.scopes import programme_scope_of
from app.people.consents.models import ConsentInForce
from app.people.consents.recording import past_of
from app.people.consents.scopes import event_of, host_and_term, programme_of


def lock_places(person_id: int, scope: str) -> list[Registration]:
    """Return what somebody has or may get within a scope, with the slots locked first."""
    theirs = within(person_id, scope)
    places.lock_slots(db.session.scalars(theirs.with_only_columns(Registration.slot_id)))
    found = theirs.order_by(Registration.id).with_for_update(key_share=True, of=Registration)
    return covered(db.session.scalars(found.execution_options(populate_existing=True)), scope)


def confirm_held(held: Sequence[Registration], *, at: datetime) -> list[Registration]:
    """Confirm the places that a consent is strong enough for, the slots locked; returns them. Those of a series follow
    their lead."""
    asked = [one for one in held if one.state is RegistrationState.HELD]
    first = [one for one in asked if not (one.slot.follows and _is_led(one, asked))]
    for one in first:
        places.weigh(one.slot, [one], at=at)
    return [one for one in first if one.state is RegistrationState.CONFIRMED]


def lean_on_own(found: Iterable[Registration], own: ConsentInForce) -> None:
    """Let what a programme's consent confirmed lean on what was agreed to for it by itself, if that is as strong: then
    it outlives the programme's. The slots are locked."""
    for one in found:
        by_programme = one.state is RegistrationState.CONFIRMED and programme_of(one.consent_scope or "")
        if by_programme and own.is_proven >= bool(one.consent_proven):
            consenting.lean(one, own)


def free_places(found: Sequence[Registration], reason: str, *, by: int | None, at: datetime) -> list[Registration]:
    """End what is to come of some places, the slots locked; returns whom it was. The line is to be served with
    `serve_lines` once nothing leans on the consent any more."""
    leads_first = sorted(found, key=lambda one: (not one.slot.leads, one.id))
    ended = []
    for one in leads_first:
        if one.slot.starts_at <= at:
            continue
        if one.is_open:  # the later dates of a series have ended with their lead
            places.end(one.slot, [one], RegistrationState.CANCELLED, by=by, at=at, reason=reason)
            admission.give_invitations_back([one])
            ended.append(one)
    return ended


def serve_lines(ended: Sequence[Registration], *, at: datetime) -> None:
    """Offer what became free to those in line."""
    for slot in sorted({one.slot for one in ended}, key=lambda slot: slot.id):
        places.serve(slot, at=at)


def end_consent(consent: ConsentInForce, *, at: datetime) -> None:
    """Let a consent hold no longer. Confirmed places in what was over by then lean on a row of their own, which covers
    nothing to come; the database refuses to delete the consent while any other one leans on it."""
    leaning = Registration.consent_id == consent.id
    _lean(leaning & (Registration.state != RegistrationState.CONFIRMED), None)
    begun = Registration.slot_id.in_(select(Slot.id).where(Slot.starts_at <= at))
    if db.session.scalar(select(Registration.id).where(leaning, begun).limit(1)):
        _lean(leaning & begun, past_of(consent))
    db.session.delete(consent)
    db.session.flush()


def within(person_id: int, scope: str) -> Select[Registration]:
    """Return what somebody has or may get within a scope, of a programme perhaps more than it covers."""
    theirs = (Registration.person_id == person_id, Registration.state.in_(OPEN), _is_of(scope))
    return select(Registration).join(Slot, Slot.id == Registration.slot_id).join(Event).where(*theirs)


def covered(found: Iterable[Registration], scope: str) -> list[Registration]:
    """Return what of the places `within` a scope it covers: of a programme what leans on it, and what waits for a
    guardian and goes no further than the programme."""
    if programme_of(scope) is None:
        return list(found)
    return [one for one in found if scope in (one.consent_scope, programme_scope_of(one.slot))]


def _is_of(scope: str) -> ColumnElement[bool]:
    term = host_and_term(scope)
    if term:
        return (Event.host_id == term[0]) & (Slot.consent_term == term[1]) | (Registration.consent_scope == scope)
    programme_id = programme_of(scope)
    if programme_id:
        waits = (Event.programme_id == programme_id) & (Registration.state == RegistrationState.HELD)
        return waits | (Registration.consent_scope == scope)
    alone = (Slot.event_id == event_of(scope)) & Slot.consent_term.is_(None)
    return alone | (Registration.consent_scope == scope)


def _is_led(one: Registration, others: Sequence[Registration]) -> bool:
    """Return whether a place is a date of a series whose leading date is among the others."""
    first = one.series_of_id
    return any((other.series_of_id or other.id) == first and other.slot.leads for other in others if other is not one)


def _lean(which: ColumnElement[bool], consent: ConsentInForce | None) -> None:
    statement = update(Registration).where(which).values(consenting.leaning(consent))
    db.session.execute(statement.execution_options(synchronize_session="fetch"))
