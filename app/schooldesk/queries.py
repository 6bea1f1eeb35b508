"""What a school may see: the registrations of pupils it has confirmed, under the school and class of the sign-up."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.events.models import Event, Registration, Slot
from app.events.operations import ACTIVE
from app.people.class_names import class_key
from app.people.models import Enrolment, Person

PAGE = 50
CLASS = 150  # more than any class has
ANSWERS: dict[str, ColumnElement[bool]] = {
    "waiting": Enrolment.confirmed_at.is_(None) & Enrolment.refused_at.is_(None),
    "confirmed": Enrolment.confirmed_at.is_not(None),
    "refused": Enrolment.refused_at.is_not(None),
}
_PUPIL_KEY = (Enrolment.class_name, Person.name_pinyin, Enrolment.id)


def registrations_of_school(school_id: int, event_id: int | None = None) -> Select[Registration]:
    """Return the school's confirmed pupils' places, the latest event first, within it by class and name."""
    is_confirmed = exists().where(
        Enrolment.person_id == Registration.person_id,
        Enrolment.school_id == school_id,
        Enrolment.confirmed_at.is_not(None),
    )
    statement = (
        select(Registration)
        .join(Registration.slot)
        .join(Slot.event)
        .join(Registration.person)
        .where(Registration.school_id == school_id, Registration.state.in_(ACTIVE), is_confirmed)
        .options(
            contains_eager(Registration.slot).contains_eager(Slot.event).joinedload(Event.host),
            contains_eager(Registration.person),
        )
        .order_by(Event.starts_at.desc(), Event.id, Registration.class_name, Person.name_pinyin, Registration.id)
    )
    return statement.where(Slot.event_id == event_id) if event_id else statement


def page_of_school(
    school_id: int, event_id: int | None, after_id: int | None
) -> tuple[Sequence[Registration], int | None]:
    """Return a page of the school's list and, if there is more, the id of the row the next one starts after."""
    statement = registrations_of_school(school_id, event_id)
    last = (
        db.session.scalar(registrations_of_school(school_id).where(Registration.id == after_id)) if after_id else None
    )
    if last:
        statement = statement.where(_comes_after(last))
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _comes_after(last: Registration) -> ColumnElement[bool]:
    event = last.slot.event
    key = (Event.id, Registration.class_name, Person.name_pinyin, Registration.id)
    same_time = tuple_(*key) > (event.id, last.class_name, last.person.name_pinyin, last.id)
    return or_(Event.starts_at < event.starts_at, and_(Event.starts_at == event.starts_at, same_time))


def events_with_pupils(school_id: int) -> list[Event]:
    """Return the events that a school's confirmed pupils have signed up for, the latest first."""
    ids = registrations_of_school(school_id).with_only_columns(Slot.event_id).order_by(None).distinct()
    return list(db.session.scalars(select(Event).where(Event.id.in_(ids)).order_by(Event.starts_at.desc(), Event.id)))


def pupils(school_id: int, view: str, class_name: str = "") -> Select[Enrolment]:
    """Return who says to belong to a school, by the school's answer (a key of `ANSWERS`), by class and name; of one
    class only, if it is named."""
    statement = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), ANSWERS[view])
        .options(contains_eager(Enrolment.person))
        .order_by(*_PUPIL_KEY)
    )
    return statement.where(Enrolment.class_name == class_name) if class_name else statement


def page_of_pupils(
    school_id: int, view: str, class_name: str, after_id: int | None
) -> tuple[Sequence[Enrolment], int | None]:
    """Return a page of pupils and, if there is more, the id of the row the next one starts after.

    A class is on one page, so that it can be answered for at once.
    """
    statement, size = pupils(school_id, view, class_name), CLASS if class_name else PAGE
    last = db.session.scalar(statement.where(Enrolment.id == after_id)) if after_id else None
    if last:
        statement = statement.where(tuple_(*_PUPIL_KEY) > (last.class_name, last.person.name_pinyin, last.id))
    found = db.session.scalars(statement.limit(size + 1)).all()
    return found[:size], found[size - 1].id if len(found) > size else None


def classes_in(school_id: int, view: str) -> list[str]:
    """Return the classes that pupils in a view name, in their natural order."""
    named = pupils(school_id, view).where(Enrolment.class_name != "")
    found = named.with_only_columns(Enrolment.class_name).order_by(None).distinct()
    return sorted(db.session.scalars(found), key=lambda name: (class_key(name), name))


def answered(school_id: int) -> dict[str, int]:
    """Return how many pupils wait for a school's answer, and how many it confirmed and refused."""
    counts = [func.count().filter(condition).label(view) for view, condition in ANSWERS.items()]
    row = db.session.execute(
        select(*counts).where(Enrolment.school_id == school_id, Enrolment.ended_at.is_(None))
    ).one()
    return dict(row._mapping)
