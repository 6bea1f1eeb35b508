"""The people of an event who are meant by a group: how many, who first, and which groups there are to choose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from app.announcements.group import Group, Presence, Standing
from app.checkin.models import Attendance
from app.core.clock import end_of_day, local_day, start_of_day
from app.core.db import db
from app.core.filters import masked_name
from app.events.models import OPEN, PLACED, Registration, RegistrationState, Slot
from app.messages.models import Announcement, Message
from app.organisations.models import Organisation
from app.people.class_names import class_key, school_order
from app.people.models import Person

SHOWN = 6  # first names beside a count


@dataclass(frozen=True)
class Meant:
    """How many people are meant, and the names of the first of them."""

    people: int
    first: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many that are."""
        return str(ngettext("%(num)d person", "%(num)d people", self.people))

    @property
    def names(self) -> str:
        """Who comes first, as far as somebody needs to see whether these are the right ones."""
        known = _(", ").join(masked_name(name) for name in self.first)
        return str(_("%(names)s and others", names=known)) if self.people > len(self.first) else str(known)


@dataclass
class SchoolChoice:
    """A school of an event with its classes, and how many of its people hold a place."""

    id: int
    name: str
    people: int = 0
    classes: dict[str, int] = field(default_factory=dict)


def meant_by(event_id: int, group: Group, at: datetime) -> Meant:
    """Return how many people are meant at a moment, and the first by name."""
    theirs = _registrations(event_id, group, at)
    people = db.session.scalar(theirs.with_only_columns(func.count(func.distinct(Registration.person_id)))) or 0
    chosen = theirs.with_only_columns(Registration.person_id)
    names = select(Person.name).where(Person.id.in_(chosen)).order_by(Person.name_pinyin, Person.id).limit(SHOWN)
    return Meant(people, tuple(db.session.scalars(names)) if people else ())


def registrations_meant(event_id: int, group: Group, at: datetime) -> list[int]:
    """Return one registration for each person who is meant at a moment, the earliest, in order."""
    one_each = _registrations(event_id, group, at).with_only_columns(func.min(Registration.id))
    return sorted(db.session.scalars(one_each.group_by(Registration.person_id)))


def names_in(event_id: int, group: Group) -> dict[str, list[str]]:
    """Return what the parts of a group are called: schools, classes and slots, and an announcement not seen."""
    schools = _school_names({*group.school_ids, *(school_id for school_id, _name in group.classes)})
    slots = select(Slot.title).where(Slot.event_id == event_id, Slot.id.in_(group.slot_ids)).order_by(Slot.starts_at)
    unseen = select(Announcement.subject).where(_is_of(event_id, group.unseen_id))
    names = [
        *(schools[one] for one in group.school_ids if one in schools),
        *(f"{schools[one]} {name}" for one, name in group.classes if one in schools),
        *(db.session.scalars(slots) if group.slot_ids else ()),
    ]
    return {"names": names, "unseen_subject": list(db.session.scalars(unseen)) if group.unseen_id else []}


def schools_to_choose(event_id: int) -> list[SchoolChoice]:
    """Return the schools and classes of the people with a place, by name and in school order; however a class is
    written, it is one."""
    of_event = _with_a_place(event_id).with_only_columns(
        Registration.school_id, Registration.class_name, func.count(func.distinct(Registration.person_id))
    )
    rows = db.session.execute(of_event.group_by(Registration.school_id, Registration.class_name)).all()
    names = _school_names({school_id for school_id, _name, _people in rows if school_id})
    found = {school_id: SchoolChoice(school_id, name) for school_id, name in names.items()}
    spellings: dict[tuple[int, str], str] = {}
    for school_id, class_name, people in sorted((row[0], row[1], row[2]) for row in rows if row[0]):
        school = found[school_id]
        school.people += people
        if class_name:
            written = spellings.setdefault((school_id, class_key(class_name)), class_name)
            school.classes[written] = school.classes.get(written, 0) + people
    for school in found.values():
        school.classes = dict(sorted(school.classes.items(), key=lambda one: school_order(one[0])))
    return sorted(found.values(), key=lambda school: school.name)


def urgent_ones(event_id: int) -> list[Announcement]:
    """Return the urgent announcements of an event that have left, the latest first."""
    left = (Announcement.event_id == event_id, Announcement.is_urgent, Announcement.left_at.is_not(None))
    return list(db.session.scalars(select(Announcement).where(*left).order_by(Announcement.id.desc()).limit(10)))


def _registrations(event_id: int, group: Group, at: datetime) -> Select[Registration]:
    statement = _ticked(event_id, group.people) if group.people else _with_a_place(event_id)
    if group.slot_ids:
        statement = statement.where(Registration.slot_id.in_(group.slot_ids))
    if group.school_ids or group.classes:
        statement = statement.where(_of_schools(event_id, group))
    if group.standing:
        statement = statement.where(*_stands(group.standing))
    if group.presence:
        statement = statement.where(_is_so(group.presence, at))
    if group.unseen_id:
        statement = statement.where(_has_not_seen(event_id, group.unseen_id))
    return statement


def _with_a_place(event_id: int) -> Select[Registration]:
    of_event = (Slot.event_id == event_id, Registration.state.in_(PLACED))
    return select(Registration).join(Slot, Slot.id == Registration.slot_id).where(*of_event)


def _ticked(event_id: int, people: Sequence[int]) -> Select[Registration]:
    """Return those who were ticked, whoever waits for a place among them."""
    still = (Slot.event_id == event_id, Registration.id.in_(people), Registration.state.in_(OPEN))
    return select(Registration).join(Slot, Slot.id == Registration.slot_id).where(*still)


def _of_schools(event_id: int, group: Group) -> ColumnElement[bool]:
    conditions = [Registration.school_id == school_id for school_id in group.school_ids]
    if group.classes:
        wanted = {(school_id, class_key(name)) for school_id, name in group.classes}
        known = _with_a_place(event_id).with_only_columns(Registration.school_id, Registration.class_name).distinct()
        conditions += [
            and_(Registration.school_id == school_id, Registration.class_name == name)
            for school_id, name in db.session.execute(known)
            if (school_id, class_key(name)) in wanted
        ]
    return or_(false(), *conditions)


def _stands(standing: Standing) -> tuple[ColumnElement[bool], ...]:
    if standing is Standing.CONFIRMED:
        return (Registration.state == RegistrationState.CONFIRMED,)
    is_answered = Registration.consent_id.is_not(None)
    return Registration.state == RegistrationState.HELD, is_answered if standing is Standing.ANSWERED else ~is_answered


def _is_so(presence: Presence, at: datetime) -> ColumnElement[bool]:
    was_there = exists().where(Attendance.registration_id == Registration.id)
    if presence is Presence.ARRIVED:
        return was_there
    today = local_day(at)
    return and_(Slot.starts_at < end_of_day(today), Slot.ends_at >= start_of_day(today), ~was_there)


def _has_not_seen(event_id: int, announcement_id: int) -> ColumnElement[bool]:
    return exists().where(
        Message.announcement_id == announcement_id,
        Message.event_id == event_id,
        Message.person_id == Registration.person_id,
        Message.read_at.is_(None),
        Message.told_at.is_(None),
    )


def _is_of(event_id: int, announcement_id: int | None) -> ColumnElement[bool]:
    return and_(Announcement.event_id == event_id, Announcement.id == announcement_id)


def _school_names(ids: Sequence[int] | set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row.id: row.name for row in found}
