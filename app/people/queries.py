"""People and pupils, as lists and look-ups."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.people.models import ActsFor, Enrolment, Person
from app.people.names import tidy_name


def acted_for_by(user_id: int) -> list[ActsFor]:
    """Return for whom an account acts, oneself first, then the children in the order they came."""
    found = db.session.scalars(
        select(ActsFor).where(ActsFor.user_id == user_id).options(joinedload(ActsFor.person)).order_by(ActsFor.id)
    )
    return sorted(found, key=lambda acting: acting.relation != "self")


def acts_for(user_id: int, person_id: int) -> bool:
    """Return whether the account acts for the person."""
    found = select(ActsFor.id).where(ActsFor.user_id == user_id, ActsFor.person_id == person_id)
    return db.session.scalar(found) is not None


def acting_for(user_id: int, person_id: int) -> ActsFor:
    """Return as what the account acts for the person. Raises `NoResultFound` when it does not."""
    found = select(ActsFor).where(ActsFor.user_id == user_id, ActsFor.person_id == person_id)
    return db.session.scalars(found.options(joinedload(ActsFor.person))).one()


def records_of(person_id: int) -> Select[int]:
    """Return the ids under which evidence about a person was written down: its own, and those merged into it."""
    return select(Person.id).where(or_(Person.id == person_id, Person.merged_into_id == person_id))


def kept_record() -> ColumnElement[int]:
    """Return, beside a joined person, the id of the record that was kept when two turned out to be one."""
    return func.coalesce(Person.merged_into_id, Person.id)


def about_any_of(person_ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a joined person is one of these, or was merged into one."""
    return or_(Person.id.in_(person_ids), Person.merged_into_id.in_(person_ids))


def persons_of(user_id: int) -> Select[Person]:
    """Return the persons an account acts for."""
    return select(Person).where(Person.id.in_(select(ActsFor.person_id).where(ActsFor.user_id == user_id)))


def current_enrolment(person_id: int) -> Enrolment | None:
    """Return the school a person says to belong to now."""
    return db.session.scalar(select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.ended_at.is_(None)))


def named_like(text: str) -> ColumnElement[bool]:
    """Return the condition that a person's name, its pinyin or its initials begin with a text."""
    typed = tidy_name(text).replace("\0", "\ufffd")  # PostgreSQL refuses NUL; no name has either
    latin = "".join(typed.casefold().split())
    return or_(
        Person.name.startswith(typed, autoescape=True),
        Person.name_pinyin.startswith(latin, autoescape=True),
        Person.name_initials.startswith(latin, autoescape=True),
    )
