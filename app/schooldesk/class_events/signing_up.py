"""A school signs pupils of a class up, with the adults who accompany them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.core.problems import Problem
from app.events.acts.telling_decisions import tell_decided
from app.events.models import OPEN, Party, Registration, RegistrationState, Slot, SlotForm, Source, WayIn
from app.events.registration import allotted, places
from app.events.registration.reasons import why_closed, why_not_this_person
from app.events.shifts.shift_rules import why_not_on_shift
from app.people.models import Enrolment, SchoolClass
from app.schooldesk.class_events.problems import ClassDoesNotFit, DrawnByLot, NotForPupil, OthersWait
from app.schooldesk.class_queries import pupils_of


@dataclass(frozen=True)
class ClassSignUp:
    """Whom a school signs up for a slot: some pupils of a class, with how many adults who need no code of their own;
    all of them or nobody, or one by one as far as the places go."""

    class_id: int
    slot_id: int
    person_ids: frozenset[int]
    adults: int = 0
    together: bool = True


def sign_class_up(asked: ClassSignUp, *, by: int, at: datetime) -> list[Registration]:
    """Give pupils places; whoever is signed up already keeps what they have. Returns those who are new.

    The school's own allotment is used first. Raises why the slot is closed, `DrawnByLot`, `NotForPupil`,
    `ClassDoesNotFit`, `OthersWait`.
    """
    (slot,) = places.lock_slots([asked.slot_id])
    _refuse_closed(slot, at)
    one = db.session.get_one(SchoolClass, asked.class_id)
    pupils = [pupil for pupil in db.session.scalars(pupils_of(one)) if pupil.person_id in asked.person_ids]
    coming = _without_a_place(slot, pupils)
    for pupil in coming:
        if refusal := _why_not(slot, pupil, has_adult=asked.adults > 0, at=at):
            raise NotForPupil(name=pupil.person.name, why=refusal.message)
    made = _enter(slot, asked, coming, by=by, at=at)
    if made:
        _place(slot, asked, made, at)
        for registration in made:
            note_change("registration", registration.id, f"entered_{Source.STAFF}", by=by, at=at)
        tell_decided(slot.event, made, at=at)
    return made


def _refuse_closed(slot: Slot, at: datetime) -> None:
    closed = why_closed(slot, slot.event, at=at)
    if closed:
        raise closed
    if slot.way_in is WayIn.LOTTERY:
        raise DrawnByLot


def _why_not(slot: Slot, pupil: Enrolment, *, has_adult: bool, at: datetime) -> Problem | None:
    refusal = why_not_this_person(slot, pupil.person.born_on, on=local_day(at), has_adult=has_adult)
    if refusal or slot.form is not SlotForm.SHIFT:
        return refusal
    return why_not_on_shift(slot.id, [pupil.person_id], at=at)


def _without_a_place(slot: Slot, pupils: Sequence[Enrolment]) -> list[Enrolment]:
    people = [pupil.person_id for pupil in pupils]
    there = select(Registration.person_id).where(
        Registration.slot_id == slot.id, Registration.person_id.in_(people), Registration.state.in_(OPEN)
    )
    known = set(db.session.scalars(there))
    return [pupil for pupil in pupils if pupil.person_id not in known]


def _enter(slot: Slot, asked: ClassSignUp, coming: Sequence[Enrolment], *, by: int, at: datetime) -> list[Registration]:
    """Write down who comes, as if there were places for them; the adults stand with the first."""
    party_id = None
    if asked.together and len(coming) > 1:
        party = Party(slot_id=slot.id, made_at=at, made_by_id=by)
        db.session.add(party)
        db.session.flush()
        party_id = party.id
    made = [
        Registration(
            slot_id=slot.id,
            person_id=pupil.person_id,
            fourteen_on=pupil.person.fourteen_on,
            registered_on=local_day(at),
            registered_at=at,
            registered_by_id=by,
            state=RegistrationState.APPLIED,
            source=Source.STAFF,
            school_id=pupil.school_id,
            class_name=pupil.class_name,
            party_id=party_id,
            companions=asked.adults if number == 0 else 0,
        )
        for number, pupil in enumerate(coming)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def _place(slot: Slot, asked: ClassSignUp, made: Sequence[Registration], at: datetime) -> None:
    if slot.way_in is WayIn.APPROVAL:
        return
    if asked.together:
        _place_together(slot, made, at)
        return
    for one in made:
        if not _may_pass(slot, [one]) or not places.seat(slot, [one], at=at):
            if not slot.has_waiting_list:
                raise ClassDoesNotFit(needed=sum(1 + each.companions for each in made), left=max(slot.free, 0))
            places.queue_up(slot, [one])


def _place_together(slot: Slot, made: Sequence[Registration], at: datetime) -> None:
    if not _may_pass(slot, made):
        raise OthersWait
    pool = allotted.of(slot, made)
    left = max(slot.free, pool.free if pool else 0)
    if not places.seat(slot, made, at=at):
        raise ClassDoesNotFit(needed=places.size(slot, made), left=max(left, 0))


def _may_pass(slot: Slot, members: Sequence[Registration]) -> bool:
    """Return whether nobody waits ahead of them: places set aside for the school are waited for by nobody else."""
    return not slot.waiting or slot.smaller_may_pass or allotted.of(slot, members) is not None
