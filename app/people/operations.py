"""What can happen to people and their schools."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.accounts.models import User
from app.core.db import db
from app.people.models import ActsFor, Enrolment, Person, Relation
from app.people.problems import AlreadyOneself


@dataclass(frozen=True)
class Newcomer:
    """What somebody typed about a person who was not here before."""

    name: str
    born_on: date
    relation: Relation
    phone: str | None
    school_id: int | None
    class_name: str


def add_person(newcomer: Newcomer, *, user_id: int, at: datetime) -> Person:
    """Enter a person for whom the account acts from now on; the same one twice is the first again.

    Raises `AlreadyOneself` when the account already stands for somebody else.
    """
    db.session.get_one(User, user_id, with_for_update={"key_share": True})  # a double tap waits here for its twin
    for known in db.session.scalars(
        select(ActsFor).join(ActsFor.person).where(ActsFor.user_id == user_id).order_by(ActsFor.id)
    ):
        if (known.person.name, known.person.born_on) == (newcomer.name, newcomer.born_on):
            return known.person
        if Relation.ONESELF is known.relation is newcomer.relation:
            raise AlreadyOneself(name=known.person.name)
    person = Person(name=newcomer.name, born_on=newcomer.born_on, phone=newcomer.phone, created_at=at)
    db.session.add(person)
    db.session.flush()
    db.session.add(ActsFor(user_id=user_id, person_id=person.id, relation=newcomer.relation, since=at))
    if newcomer.school_id:
        ask_school(person.id, newcomer.school_id, newcomer.class_name, at=at)
    db.session.flush()
    return person


def ask_school(person_id: int, school_id: int, class_name: str, *, at: datetime) -> Enrolment:
    """Enter that a person says to belong to a school; the school answers later."""
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
