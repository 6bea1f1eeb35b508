"""What can happen to people and their schools."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.accounts.models import User
from app.core.db import db
from app.people.class_names import class_key
from app.people.classes import class_called
from app.people.models import ActsFor, Enrolment, Person, Relation
from app.people.problems import AlreadyOneself, OtherBirthDate, TooManyPersons
from app.people.queries import acted_for_by, current_enrolment

MOST_PERSONS = 12  # a large family and its cousins; a class is signed up by its school


@dataclass(frozen=True)
class Details:
    """What somebody typed about a person."""

    name: str
    born_on: date
    school_id: int | None
    class_name: str


@dataclass(frozen=True)
class Newcomer:
    """A person who was not here before, and who enters the person with which phone."""

    details: Details
    relation: Relation
    phone: str | None


def add_person(newcomer: Newcomer, *, user_id: int, at: datetime) -> Person:
    """Enter a person for whom the account acts from now on; the same one twice is the first again.

    Raises `AlreadyOneself` when the account already stands for somebody else, `OtherBirthDate` when it knows the name
    with another birth date, `TooManyPersons` beyond what a family is.
    """
    db.session.get_one(User, user_id, with_for_update={"key_share": True})  # a double tap waits here for its twin
    acting = acted_for_by(user_id)
    details = newcomer.details
    for known in acting:
        if known.person.name == details.name:
            if known.person.born_on != details.born_on:
                raise OtherBirthDate(name=details.name)
            return known.person
        if Relation.ONESELF is known.relation is newcomer.relation:
            raise AlreadyOneself(name=known.person.name)
    if len(acting) >= MOST_PERSONS:
        raise TooManyPersons(most=MOST_PERSONS)
    person = Person(name=details.name, born_on=details.born_on, phone=newcomer.phone, created_at=at)
    db.session.add(person)
    db.session.flush()
    db.session.add(ActsFor(user_id=user_id, person_id=person.id, relation=newcomer.relation, since=at))
    if details.school_id:
        ask_school(person.id, details.school_id, details.class_name, at=at)
    db.session.flush()
    return person


def edit_person(person_id: int, details: Details, *, at: datetime) -> Person:
    """Mend who somebody is; places already taken keep the school of their sign-up.

    Another school, or another class, is asked anew.
    """
    person = db.session.get_one(Person, person_id, with_for_update=True)
    person.name, person.born_on = details.name, details.born_on
    known = current_enrolment(person_id)
    if known and known.school_id == details.school_id and class_key(known.class_name) == class_key(details.class_name):
        return person
    if known:
        known.ended_at = at
        db.session.flush()
    if details.school_id:
        ask_school(person_id, details.school_id, details.class_name, at=at)
    return person


def ask_school(person_id: int, school_id: int, class_name: str, *, at: datetime) -> Enrolment:
    """Enter that a person says to belong to a school; the school answers later. A class it has is called as it does."""
    known = class_called(school_id, class_name) if class_name else None
    class_name = known.name if known else class_name
    enrolment = Enrolment(person_id=person_id, school_id=school_id, class_name=class_name, asked_at=at)
    db.session.add(enrolment)
    return enrolment


def confirm_enrolments(enrolment_ids: list[int], school_id: int, *, by: int, at: datetime) -> int:
    """Say for a school that these are its pupils; answered ones are left alone. Returns how many it was."""
    return _answer(enrolment_ids, school_id, by=by, at=at, confirmed_at=at)


def refuse_enrolments(enrolment_ids: list[int], school_id: int, *, by: int, at: datetime) -> int:
    """Say for a school that these are not its pupils. Returns how many it was."""
    return _answer(enrolment_ids, school_id, by=by, at=at, refused_at=at)


def reopen_enrolment(enrolment_id: int, school_id: int) -> bool:
    """Take an answer back: nobody knows every pupil by heart. Returns whether the school has such a pupil."""
    enrolment = db.session.scalars(_of_school([enrolment_id], school_id)).one_or_none()
    if enrolment is None:
        return False
    enrolment.confirmed_at = enrolment.refused_at = enrolment.answered_by_id = None
    return True


def _answer(enrolment_ids: list[int], school_id: int, *, by: int, at: datetime, **moment: datetime) -> int:
    waiting = [found for found in db.session.scalars(_of_school(enrolment_ids, school_id)) if found.is_open]
    for enrolment in waiting:
        enrolment.answered_by_id = by
        enrolment.confirmed_at = moment.get("confirmed_at")
        enrolment.refused_at = moment.get("refused_at")
    return len(waiting)


def _of_school(enrolment_ids: list[int], school_id: int) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .where(Enrolment.id.in_(enrolment_ids), Enrolment.school_id == school_id, Enrolment.ended_at.is_(None))
        .order_by(Enrolment.id)
        .with_for_update()
    )
