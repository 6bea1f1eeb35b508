"""Staff enters somebody: from a phone call, a paper list, or at the door. No account is needed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.events.acts.desk_problems import LineIsThere, NoPlaceLeft, PersonKnown
from app.events.acts.suiting import why_not_for
from app.events.acts.telling_decisions import tell_decided
from app.events.models import OPEN, Registration, RegistrationState, Slot, Source
from app.events.problems import EventCancelled, NotPublished, SlotOver
from app.events.registration import places
from app.people.entering import enter_person, known_as
from app.people.models import Person
from app.people.operations import Details
from app.people.queries import current_enrolment


@dataclass(frozen=True)
class Entry:
    """Whom staff enters. ``known_id`` is somebody who is here already, or 0 for somebody else of the same name and
    birth date; None asks. ``may_wait`` puts whoever finds no place on the waiting list."""

    details: Details
    phone: str | None = None
    known_id: int | None = None
    may_wait: bool = False


def enter(entry: Entry, slot_id: int, source: Source = Source.STAFF, *, by: int, at: datetime) -> Registration:
    """Give somebody a place by hand, after the closing time too, never beyond the capacity; twice is the first.

    Under 14 the place is held. Raises `PersonKnown` where staff has to say whether it is the same person,
    `NoPlaceLeft`, `LineIsThere`, or why the slot is not for the person.
    """
    (slot,) = places.lock_slots([slot_id])
    _refuse_closed(slot, at)
    here = _here_already(entry, slot_id)
    if here:
        return here
    person = _person(entry, at)
    refusal = why_not_for(slot, person, at=at)
    if refusal:
        raise refusal
    registration = _applied(person, slot, source, by=by, at=at)
    _place(slot, registration, entry, at)
    note_change("registration", registration.id, f"entered_{source}", by=by, at=at)
    tell_decided(slot.event, [registration], at=at)
    return registration


def _refuse_closed(slot: Slot, at: datetime) -> None:
    event = slot.event
    if event.is_cancelled:
        raise EventCancelled
    if not event.is_published:
        raise NotPublished
    if at >= slot.ends_at:
        raise SlotOver


def _here_already(entry: Entry, slot_id: int) -> Registration | None:
    """Return the sign-up that the person has in the slot: somebody pressed twice, or forgot."""
    people = [entry.known_id] if entry.known_id else [one.id for one in _namesakes(entry)]
    if entry.known_id == 0 or not people:
        return None
    theirs = (Registration.slot_id == slot_id, Registration.person_id.in_(people), Registration.state.in_(OPEN))
    return db.session.scalar(select(Registration).where(*theirs).order_by(Registration.id).limit(1))


def _person(entry: Entry, at: datetime) -> Person:
    namesakes = {one.id: one for one in _namesakes(entry)}
    if entry.known_id in namesakes:
        return namesakes[entry.known_id]
    if namesakes and entry.known_id is None:
        raise PersonKnown
    return enter_person(entry.details, entry.phone, at=at)


def _namesakes(entry: Entry) -> list[Person]:
    return list(known_as(entry.details.name, entry.details.born_on))


def _applied(person: Person, slot: Slot, source: Source, *, by: int, at: datetime) -> Registration:
    school = current_enrolment(person.id)
    made = Registration(
        slot_id=slot.id,
        person_id=person.id,
        fourteen_on=person.fourteen_on,
        registered_on=local_day(at),
        registered_at=at,
        registered_by_id=by,
        state=RegistrationState.APPLIED,
        source=source,
        school_id=school.school_id if school else None,
        class_name=school.class_name if school else "",
    )
    db.session.add(made)
    db.session.flush()
    return made


def _place(slot: Slot, registration: Registration, entry: Entry, at: datetime) -> None:
    """Give the place, or a place in line. Whoever stands at the door passes a line of people who are not there."""
    others_wait = slot.waiting and not slot.smaller_may_pass and registration.source is not Source.WALK_IN
    if not others_wait and places.seat(slot, [registration], at=at):
        return
    if not slot.has_waiting_list or registration.source is Source.WALK_IN:
        raise NoPlaceLeft
    if not entry.may_wait:
        raise LineIsThere
    places.queue_up(slot, [registration])
