"""Shifts that change hands: offered by whoever cannot come, taken by somebody who may, the host told (换班).

A swap is between two people, so nobody in line is passed: the place was not free. It is for single people's places that
were first come, first served; where the host or the lot chose, or a child comes with an adult, there is none.
"""

from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.events.acts.telling_decisions import tell_decided
from app.events.models import OPEN, Registration, RegistrationState, ShiftSwap, Slot, Source
from app.events.problems import NeedsAdult
from app.events.registration import places
from app.events.registration.locking import lock_place
from app.events.registration.reasons import why_not_this_person
from app.events.registration.telling import slot_facts
from app.events.shifts.shift_problems import HasPlaceAlready, NoRoomForSwap, NoSwaps, OwnSwap, SwapOver
from app.events.shifts.shift_rules import why_not_on_shift
from app.events.shifts.swap_lists import is_on_offer, may_hand_on, open_swap_of
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell
from app.people.ages import CHILD_UNTIL, age_on
from app.people.models import Person
from app.people.problems import NotYourPerson
from app.people.queries import acts_for, current_enrolment


def offer_shift(registration_id: int, note: str, is_for_all: bool, *, by: int, at: datetime) -> ShiftSwap:
    """Offer a shift; a second time changes what is said of it and to whom. Raises `NoSwaps`."""
    _slot, registration = lock_place(registration_id)
    if not may_hand_on(registration, at):
        raise NoSwaps
    swap = open_swap_of(registration_id)
    if swap is None:
        swap = ShiftSwap(slot_id=registration.slot_id, registration_id=registration_id, offered_at=at, offered_by_id=by)
        note_change("registration", registration_id, "shift_offered", by=by, at=at)
    swap.note, swap.is_for_all, swap.slot_id = note, is_for_all, registration.slot_id
    db.session.add(swap)
    db.session.flush()
    return swap


def withdraw_shift(registration_id: int, *, by: int, at: datetime) -> None:
    """Come oneself after all; a second time changes nothing. Raises `SwapOver` when somebody has taken it meanwhile."""
    _slot, registration = lock_place(registration_id)
    swap = open_swap_of(registration_id)
    if swap:
        swap.withdrawn_at = at
        note_change("registration", registration_id, "shift_kept", by=by, at=at)
    elif not registration.is_active:
        raise SwapOver


def take_over(swap_id: int, person_id: int, *, by: int, at: datetime) -> Registration:
    """Take a shift over for a person, checked as in a sign-up; the same one twice is the first.

    Whoever gives it is told and leaves, in the same transaction. Raises `SwapOver`, `OwnSwap`, `HasPlaceAlready`,
    `NoRoomForSwap`, and why the shift is not for the person.
    """
    slot = places.lock_slot(db.session.get_one(ShiftSwap, swap_id).slot_id)
    swap = db.session.get_one(ShiftSwap, swap_id, with_for_update={"key_share": True}, populate_existing=True)
    if swap.taken_registration and swap.taken_registration.person_id == person_id:
        return swap.taken_registration
    giver = db.session.get_one(
        Registration, swap.registration_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if not is_on_offer(swap, at):
        raise SwapOver
    person = _acted_for(person_id, by)
    coming = _waiting_or_new(slot, giver, person, by=by, at=at)
    _refuse(slot, person, at)
    places.end(slot, [giver], RegistrationState.CANCELLED, by=by, at=at)
    if not places.seat(slot, [coming], at=at):
        raise NoRoomForSwap
    swap.taken_at, swap.taken_by_id, swap.taken_registration_id = at, by, coming.id
    _tell(slot, giver, coming, by=by, at=at)
    places.serve(slot, at=at)
    return coming


def _acted_for(person_id: int, user_id: int) -> Person:
    if not acts_for(user_id, person_id):
        raise NotYourPerson
    return db.session.get_one(Person, person_id)


def _refuse(slot: Slot, person: Person, at: datetime) -> None:
    """Raise why a shift is not for somebody, as in a sign-up of one person alone."""
    if age_on(person.born_on, local_day(at)) < CHILD_UNTIL:
        raise NeedsAdult
    refusal = why_not_this_person(slot, person.born_on, on=local_day(at))
    refusal = refusal or why_not_on_shift(slot.id, [person.id], at=at)
    if refusal:
        raise refusal


def _waiting_or_new(slot: Slot, giver: Registration, person: Person, *, by: int, at: datetime) -> Registration:
    """Return the registration that takes the place: that with which somebody waits alone in line, or a new one."""
    if person.id == giver.person_id:
        raise OwnSwap
    theirs = (Registration.slot_id == slot.id, Registration.person_id == person.id, Registration.state.in_(OPEN))
    known = db.session.scalar(select(Registration).where(*theirs).with_for_update(key_share=True))
    if known is None:
        return _new(slot, person, by=by, at=at)
    if known.state is not RegistrationState.WAITING or known.party_id is not None or known.companions:
        raise HasPlaceAlready
    known.source = Source.SWAP
    return known


def _new(slot: Slot, person: Person, *, by: int, at: datetime) -> Registration:
    school = current_enrolment(person.id)
    made = Registration(
        slot_id=slot.id,
        person_id=person.id,
        fourteen_on=person.fourteen_on,
        registered_on=local_day(at),
        registered_at=at,
        registered_by_id=by,
        state=RegistrationState.APPLIED,
        source=Source.SWAP,
        school_id=school.school_id if school else None,
        class_name=school.class_name if school else "",
    )
    db.session.add(made)
    db.session.flush()
    return made


def _tell(slot: Slot, giver: Registration, coming: Registration, *, by: int, at: datetime) -> None:
    """Tell both, and write it down for the host."""
    event = slot.event
    facts = {"event": event.title, "contact": event.contact, **slot_facts(event, slot)}
    tell(News(MessageKind.SHIFT_TAKEN, event.host_id, facts, event.id), Reader(giver.person_id, giver.id), at=at)
    tell_decided(event, [coming], at=at)
    note_change("slot", slot.id, "swapped", by=by, at=at)
    note_change("registration", giver.id, "shift_given", by=by, at=at)
    note_change("registration", coming.id, "shift_taken", by=by, at=at)
