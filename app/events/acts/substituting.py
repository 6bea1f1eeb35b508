"""同校替补: another pupil of the same school takes a place over, until departure. The place stays the school's."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.events.acts.desk_problems import HasSignUp, NobodyToReplace, OtherSchool, TooLateToSubstitute
from app.events.acts.suiting import why_not_for
from app.events.acts.telling_decisions import tell_decided
from app.events.dates import series
from app.events.models import OPEN, PLACED, Registration, RegistrationState, Slot, Source
from app.events.registration import consenting, places
from app.people.entering import known_as
from app.people.models import Enrolment, Person


def can_be_replaced(registration: Registration, at: datetime) -> bool:
    """Return whether a pupil of the same school may take somebody's place at a moment."""
    is_on = not registration.slot.event.is_cancelled and at < registration.slot.starts_at
    return is_on and registration.school_id is not None and registration.state in PLACED


def substitute(registration_id: int, person_id: int, reason: str, *, by: int, at: datetime) -> Registration:
    """Let a pupil of the same school take a place over: who had it is cancelled, and nobody else can come between.

    A place in a series is taken over from its next date on; on a later one it is that date alone. The same substitute
    twice is the first. Raises `TooLateToSubstitute`, `NobodyToReplace`, `OtherSchool`, `HasSignUp` and why the slot is
    not for the pupil.
    """
    slot_id = db.session.get_one(Registration, registration_id).slot_id
    (slot,) = places.lock_slots([slot_id])
    leaving = db.session.get_one(Registration, registration_id, with_for_update=True, populate_existing=True)
    if made := _made_before(registration_id, person_id):
        return made
    if at >= slot.starts_at:
        raise TooLateToSubstitute
    if not can_be_replaced(leaving, at):
        raise NobodyToReplace
    enrolment = _confirmed(person_id, leaving.school_id)
    _refuse(slot, enrolment.person, at)
    coming = _in_the_place_of(leaving, enrolment, by=by, at=at)
    leaving.state, leaving.cancelled_at, leaving.cancelled_by_id = RegistrationState.CANCELLED, at, by
    leaving.reason = reason
    consenting.release([leaving])
    db.session.add(coming)
    db.session.flush()
    if slot.leads:
        series.follow([leaving.id], at=at)
    places.weigh(slot, [coming], at=at)
    note_change("registration", leaving.id, "replaced", by=by, at=at)
    note_change("registration", coming.id, "substituted", by=by, at=at)
    tell_decided(slot.event, [leaving], reason, at=at)
    tell_decided(slot.event, [coming], at=at)
    return coming


def pupil_called(name: str, born_on: date, school_id: int) -> Person:
    """Return the pupil of a name and birth date whom a school has confirmed. Raises `OtherSchool`."""
    people = [one.id for one in known_as(name, born_on)]
    found = db.session.scalar(confirmed_at(school_id).where(Enrolment.person_id.in_(people)).limit(1))
    if found is None:
        raise OtherSchool
    return found.person


def confirmed_at(school_id: int) -> Select[Enrolment]:
    """Return the pupils whom a school has confirmed."""
    own = (Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), Enrolment.confirmed_at.is_not(None))
    return select(Enrolment).join(Enrolment.person).where(*own).options(contains_eager(Enrolment.person))


def _confirmed(person_id: int, school_id: int | None) -> Enrolment:
    found = db.session.scalar(confirmed_at(school_id or 0).where(Enrolment.person_id == person_id))
    if found is None:
        raise OtherSchool
    return found


def _made_before(registration_id: int, person_id: int) -> Registration | None:
    same = (Registration.substitute_for_id == registration_id, Registration.person_id == person_id)
    return db.session.scalar(select(Registration).where(*same, Registration.state.in_(OPEN)))


def _refuse(slot: Slot, person: Person, at: datetime) -> None:
    theirs = (Registration.slot_id == slot.id, Registration.person_id == person.id, Registration.state.in_(OPEN))
    if db.session.scalar(select(Registration.id).where(*theirs)):
        raise HasSignUp(name=person.name)
    refusal = why_not_for(slot, person, at=at)
    if refusal:
        raise refusal


def _in_the_place_of(leaving: Registration, enrolment: Enrolment, *, by: int, at: datetime) -> Registration:
    """Return a registration that counts where the other one did, of the same allotted places. It is of the same party
    only where a group has one place: another family decides for it alone."""
    person, today = enrolment.person, local_day(at)
    return Registration(
        slot_id=leaving.slot_id,
        person_id=person.id,
        fourteen_on=person.fourteen_on,
        registered_on=today,
        registered_at=at,
        registered_by_id=by,
        state=RegistrationState.HELD,
        source=Source.SUBSTITUTE,
        school_id=enrolment.school_id,
        class_name=enrolment.class_name,
        party_id=leaving.party_id if leaving.slot.counts_groups else None,
        companions=leaving.companions,
        allotment_id=leaving.allotment_id,
        substitute_for_id=leaving.id,
    )
