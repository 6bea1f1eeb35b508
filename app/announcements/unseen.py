"""Who does not know yet, by school and class, with whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, tuple_

from app.accounts.models import User
from app.announcements.notices import Scope, Told, latest
from app.core.db import db
from app.events.models import Registration
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.class_names import class_key, school_order
from app.people.models import ActsFor, Person, Relation, SchoolClass

PAGE = 100


@dataclass(frozen=True)
class Wanted:
    """What is looked at: one thing that was told, in a scope, all its readers or those who do not know yet."""

    scope: Scope
    told: Told
    shows_all: bool = False

    @property
    def condition(self) -> ColumnElement[bool]:
        """The messages that are looked at."""
        known = and_(self.told.condition, Message.id.in_(latest(self.scope)))
        return known if self.shows_all else and_(known, Message.read_at.is_(None), Message.told_at.is_(None))


@dataclass(frozen=True)
class Phone:
    """A number that reaches somebody: a guardian's, the account's own, or the one that was given as contact ("")."""

    number: str
    name: str = ""
    is_guardian: bool = False


@dataclass(frozen=True)
class Reader:
    """Somebody who was told: whether and when it was seen, or who reached the person in another way."""

    message_id: int
    person_id: int
    name: str
    read_at: datetime | None
    told_at: datetime | None
    told_by: str | None
    phones: Sequence[Phone] = ()


@dataclass
class Section:
    """A class, its form teacher ("" where none is known), and how many of it are looked at."""

    school_id: int | None
    school: str
    class_name: str
    people: int = 0
    spellings: set[str] = field(default_factory=set)
    form_teacher: str = ""
    readers: list[Reader] = field(default_factory=list)

    @property
    def key(self) -> tuple[int | None, str]:
        """What it is recognised by, however the class is written."""
        return self.school_id, class_key(self.class_name)

    @property
    def order(self) -> tuple[bool, str, int, tuple[int, int, str, str]]:
        """Where it comes: by school, then by class; who has no school comes last."""
        return self.school_id is None, self.school, self.school_id or 0, school_order(self.class_name)

    @property
    def condition(self) -> ColumnElement[bool]:
        """The registrations that belong to it."""
        return and_(
            Registration.school_id.is_not_distinct_from(self.school_id), Registration.class_name.in_(self.spellings)
        )


def page_of_sections(wanted: Wanted, after_id: int | None) -> tuple[list[Section], int | None]:
    """Return a page of people, by school, class and name, and, if there is more, the message the next one starts
    after."""
    sections, start = _sections(wanted), None
    if after_id and (last := db.session.execute(_rows(wanted.scope).where(Message.id == after_id)).first()):
        place = Section(last.school_id, last.school or "", last.class_name)
        sections = [one for one in sections if one.order >= place.order]
        start = (last.name_pinyin, last.id) if sections and sections[0].key == place.key else None
    sections = _enough(sections, start is not None)
    if not sections:
        return [], None
    found = db.session.execute(_ordered(wanted, sections, start)).all()
    _fill(sections, found[:PAGE])
    return [one for one in sections if one.readers], found[PAGE - 1].id if len(found) > PAGE else None


def _sections(wanted: Wanted) -> list[Section]:
    named = (Registration.school_id, Organisation.name, Registration.class_name)
    counted = (
        select(*named, func.count()).select_from(Message).join(Registration, Registration.id == Message.registration_id)
    )
    counted = counted.outerjoin(Organisation, Organisation.id == Registration.school_id).where(wanted.condition)
    known: dict[tuple[int | None, str], Section] = {}
    for school_id, school, class_name, people in db.session.execute(counted.group_by(*named)):
        section = Section(school_id, school or "", class_name)
        section = known.setdefault(section.key, section)
        section.people += people
        section.spellings.add(class_name)
    return sorted(known.values(), key=lambda one: one.order)


def _enough(sections: list[Section], is_begun: bool) -> list[Section]:
    """Return as many as fill a page and one row more; of the first nobody knows how many were shown already."""
    people = 0
    for number, section in enumerate(sections, 1):
        people += 0 if is_begun and number == 1 else section.people
        if people > PAGE:
            return sections[:number]
    return sections


def _ordered(wanted: Wanted, sections: list[Section], start: tuple[str, int] | None) -> Select[*tuple[Any, ...]]:
    place = case(*((one.condition, number) for number, one in enumerate(sections)), else_=len(sections))
    key = (place, Person.name_pinyin, Message.id)
    statement = _rows(wanted.scope).where(wanted.condition, place < len(sections))
    if start:
        statement = statement.where(tuple_(*key) > (0, *start))
    return statement.order_by(*key).limit(PAGE + 1)


def _rows(scope: Scope) -> Select[*tuple[Any, ...]]:
    shown = (
        Message.id,
        Message.person_id,
        Message.read_at,
        Message.told_at,
        User.name.label("told_by"),
        Person.name,
        Person.name_pinyin,
        Person.phone,
        Registration.school_id,
        Registration.class_name,
        Organisation.name.label("school"),
    )
    return (
        select(*shown)
        .select_from(Message)
        .join(Registration, Registration.id == Message.registration_id)
        .join(Person, Person.id == Message.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.school_id)
        .outerjoin(User, User.id == Message.told_by_id)
        .where(scope.condition)
    )


def _fill(sections: list[Section], rows: Sequence[Row[Any]]) -> None:
    phones, teachers = _phones(rows), _form_teachers(sections)
    by_key = {one.key: one for one in sections}
    for row in rows:
        section = by_key[row.school_id, class_key(row.class_name)]
        section.form_teacher = teachers.get(section.key, "")
        reader = Reader(
            row.id, row.person_id, row.name, row.read_at, row.told_at, row.told_by, phones.get(row.person_id, [])
        )
        section.readers.append(reader)


def _phones(rows: Sequence[Row[Any]]) -> dict[int, list[Phone]]:
    """Return each person's numbers, the guardians' first, each number once."""
    acting = select(ActsFor.person_id, ActsFor.relation, User.name, User.phone).join(User, User.id == ActsFor.user_id)
    theirs = acting.where(ActsFor.person_id.in_([row.person_id for row in rows]), User.phone.is_not(None))
    found: dict[int, dict[str, Phone]] = {}
    for person_id, relation, name, number in db.session.execute(theirs.order_by(ActsFor.relation, ActsFor.id)):
        found.setdefault(person_id, {}).setdefault(str(number), Phone(str(number), name, relation == Relation.CHILD))
    for row in rows:
        if row.phone:
            found.setdefault(row.person_id, {}).setdefault(row.phone, Phone(row.phone))
    return {person_id: list(numbers.values()) for person_id, numbers in found.items()}


def _form_teachers(sections: list[Section]) -> dict[tuple[int | None, str], str]:
    schools = {one.school_id for one in sections if one.school_id}
    known = select(SchoolClass).where(SchoolClass.school_id.in_(schools), SchoolClass.archived_at.is_(None))
    return {(one.school_id, one.key): one.form_teacher for one in db.session.scalars(known)} if schools else {}
