"""What a school may see: the registrations of pupils it has confirmed, under the school and class of the sign-up."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from app.core.db import db
from app.events.models import PLACED, Event, Registration, Slot
from app.people.models import Enrolment, Person
from app.schooldesk.class_order import ClassOrder, order_in

PAGE = 50
CLASS = 150  # more than any class has
ANSWERS: dict[str, ColumnElement[bool]] = {
    "waiting": Enrolment.confirmed_at.is_(None) & Enrolment.refused_at.is_(None),
    "confirmed": Enrolment.confirmed_at.is_not(None),
    "refused": Enrolment.refused_at.is_not(None),
}


def registrations_of_school(school_id: int, event_id: int | None = None) -> Select[Registration]:
    """Return the school's confirmed pupils' places, the latest event first, within it by class and name."""
    return _in_order(_registrations(school_id, event_id), _classes_signed_up(school_id))


def page_of_school(
    school_id: int, event_id: int | None, after_id: int | None
) -> tuple[Sequence[Registration], int | None]:
    """Return a page of the school's list and, if there is more, the id of the row the next one starts after."""
    order = _classes_signed_up(school_id)
    statement = _in_order(_registrations(school_id, event_id), order)
    last = db.session.scalar(_registrations(school_id).where(Registration.id == after_id)) if after_id else None
    if last:
        statement = statement.where(_comes_after(last, order))
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def events_with_pupils(school_id: int) -> list[Event]:
    """Return the events that a school's confirmed pupils have signed up for, the latest first."""
    ids = _registrations(school_id).with_only_columns(Slot.event_id).distinct()
    return list(db.session.scalars(select(Event).where(Event.id.in_(ids)).order_by(Event.starts_at.desc(), Event.id)))


def page_of_pupils(
    school_id: int, view: str, class_name: str, after_id: int | None
) -> tuple[Sequence[Enrolment], int | None]:
    """Return a page of who says to belong to a school, by the school's answer (a key of `ANSWERS`), by class and name,
    and, if there is more, the id of the row the next one starts after.

    Of one class only, if it is named: that is on one page, so that it can be answered for at once.
    """
    order, statement, size = order_in(_classes_named(school_id, view)), _pupils(school_id, view), PAGE
    if class_name:
        statement, size = statement.where(Enrolment.class_name == class_name), CLASS
    key = (order.column(Enrolment.class_name), Person.name_pinyin, Enrolment.id)
    last = db.session.scalar(statement.where(Enrolment.id == after_id)) if after_id else None
    if last:
        statement = statement.where(tuple_(*key) > (order.place(last.class_name), last.person.name_pinyin, last.id))
    found = db.session.scalars(statement.order_by(*key).limit(size + 1)).all()
    return found[:size], found[size - 1].id if len(found) > size else None


def classes_in(school_id: int, view: str) -> list[str]:
    """Return the classes that pupils in a view name, in their natural order."""
    return [name for name in order_in(_classes_named(school_id, view)).places if name]


def answered(school_id: int) -> dict[str, int]:
    """Return how many pupils wait for a school's answer, and how many it confirmed and refused."""
    counts = [func.count().filter(condition).label(view) for view, condition in ANSWERS.items()]
    row = db.session.execute(
        select(*counts).where(Enrolment.school_id == school_id, Enrolment.ended_at.is_(None))
    ).one()
    return dict(row._mapping)


def _registrations(school_id: int, event_id: int | None = None) -> Select[Registration]:
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
        .where(Registration.school_id == school_id, Registration.state.in_(PLACED), is_confirmed)
        .options(
            contains_eager(Registration.slot).contains_eager(Slot.event).joinedload(Event.host),
            contains_eager(Registration.person),
        )
    )
    return statement.where(Slot.event_id == event_id) if event_id else statement


def _classes_signed_up(school_id: int) -> ClassOrder:
    return order_in(select(Registration.class_name).where(Registration.school_id == school_id))


def _in_order(statement: Select[Registration], order: ClassOrder) -> Select[Registration]:
    return statement.order_by(Event.starts_at.desc(), Event.id, *_within_event(order))


def _within_event(order: ClassOrder) -> tuple[ColumnElement[int], ColumnElement[str], ColumnElement[int]]:
    return order.column(Registration.class_name), Person.name_pinyin.expression, Registration.id.expression


def _comes_after(last: Registration, order: ClassOrder) -> ColumnElement[bool]:
    event, key = last.slot.event, (Event.id, *_within_event(order))
    same_time = tuple_(*key) > (event.id, order.place(last.class_name), last.person.name_pinyin, last.id)
    return or_(Event.starts_at < event.starts_at, and_(Event.starts_at == event.starts_at, same_time))


def _pupils(school_id: int, view: str) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .join(Enrolment.person)
        .where(Enrolment.school_id == school_id, Enrolment.ended_at.is_(None), ANSWERS[view])
        .options(contains_eager(Enrolment.person))
    )


def _classes_named(school_id: int, view: str) -> Select[str]:
    return _pupils(school_id, view).with_only_columns(Enrolment.class_name)
