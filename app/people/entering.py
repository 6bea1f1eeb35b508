"""People whom staff enters: they need no account."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from app.core.db import db
from app.people.models import Person
from app.people.operations import Details, ask_school


def known_as(name: str, born_on: date) -> Sequence[Person]:
    """Return the people of a name who were born on a day, the first entered first."""
    theirs = (Person.name == name, Person.born_on == born_on)
    return db.session.scalars(select(Person).where(*theirs).order_by(Person.id).limit(10)).all()


def enter_person(details: Details, phone: str | None, *, at: datetime) -> Person:
    """Enter a person for whom no account acts; the school, if one is named, is asked as at any sign-up."""
    person = Person(name=details.name, born_on=details.born_on, phone=phone, created_at=at)
    db.session.add(person)
    db.session.flush()
    if details.school_id:
        ask_school(person.id, details.school_id, details.class_name, at=at)
        db.session.flush()
    return person
