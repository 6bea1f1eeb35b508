"""What staff look for among an event's registrations, as it stands in an address, and as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, exists, select, tuple_
from sqlalchemy.orm import joinedload

from app.checkin.models import Attendance
from app.core.db import db
from app.core.finding import read_id_or_none
from app.core.paging import moment_key, read_key
from app.core.typed import squeezed
from app.events.models import Registration, RegistrationState, Slot
from app.events.queries import with_event
from app.events.search import as_word
from app.organisations.models import Organisation
from app.people.models import Person
from app.people.queries import named_like

PAGE = 50


class RegistrationView(StrEnum):
    """What a place can be filtered by."""

    ALL = "all"
    MISSING = "missing"
    ARRIVED = "arrived"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The registrations that are so."""
        was_there = exists().where(Attendance.registration_id == Registration.id)
        has_place = Registration.state != RegistrationState.CANCELLED
        return {
            RegistrationView.ALL: has_place,
            RegistrationView.MISSING: has_place & ~was_there,
            RegistrationView.ARRIVED: was_there,
            RegistrationView.HELD: Registration.state == RegistrationState.HELD,
            RegistrationView.CANCELLED: Registration.state == RegistrationState.CANCELLED,
        }[self]


_WORDS = {
    RegistrationView.ALL: _l("All with a place"),
    RegistrationView.MISSING: _l("Not arrived"),
    RegistrationView.ARRIVED: _l("Arrived"),
    RegistrationView.HELD: _l("Waiting for a guardian"),
    RegistrationView.CANCELLED: _l("Cancelled"),
}


class Order(StrEnum):
    """What comes first."""

    NAME = "name"
    TIME = "time"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _l("By name") if self is Order.NAME else _l("Latest sign-up first")


@dataclass(frozen=True)
class RegistrationsWanted:
    """What staff look for; whatever is None or "" is not asked."""

    view: RegistrationView = RegistrationView.ALL
    name: str = ""
    slot_id: int | None = None
    school_id: int | None = None
    order: Order = Order.NAME

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, as the parameters of an address."""
        view = "" if self.view is RegistrationView.ALL else self.view
        known = {"view": view, "q": self.name, "slot": self.slot_id, "school": self.school_id}
        return {name: str(value) for name, value in known.items() if value}

    @property
    def in_address(self) -> dict[str, str]:
        """What narrows and orders the list, as the parameters of an address."""
        return self.filters | ({} if self.order is Order.NAME else {"order": self.order.value})


def read_registrations_wanted(asked: Mapping[str, str]) -> RegistrationsWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    return RegistrationsWanted(
        view=as_word(RegistrationView, asked.get("view")) or RegistrationView.ALL,
        name=squeezed(asked.get("q"))[:60],
        slot_id=read_id_or_none(asked.get("slot")),
        school_id=read_id_or_none(asked.get("school")),
        order=as_word(Order, asked.get("order")) or Order.NAME,
    )


def registrations_wanted(event_id: int, wanted: RegistrationsWanted) -> Select[Registration]:
    """Return an event's registrations that are looked for, in the order that is asked for."""
    statement = (
        with_event(select(Registration))
        .join(Registration.person)
        .options(joinedload(Registration.school))
        .where(Slot.event_id == event_id, wanted.view.condition)
    )
    if wanted.name:
        statement = statement.where(named_like(wanted.name))
    if wanted.slot_id:
        statement = statement.where(Registration.slot_id == wanted.slot_id)
    if wanted.school_id:
        statement = statement.where(Registration.school_id == wanted.school_id)
    if wanted.order is Order.TIME:
        return statement.order_by(Registration.registered_at.desc(), Registration.id.desc())
    return statement.order_by(Person.name_pinyin, Registration.id)


def page_of_registrations(
    event_id: int, wanted: RegistrationsWanted, after: str
) -> tuple[list[Registration], str | None]:
    """Return a page and, if there is more, the key at which the next one starts; any other key means the first."""
    statement = registrations_wanted(event_id, wanted)
    beyond = _after(wanted.order, after)
    if beyond is not None:
        statement = statement.where(beyond)
    found = list(db.session.scalars(statement.limit(PAGE + 1)))
    return found[:PAGE], _key(found[PAGE - 1], wanted.order) if len(found) > PAGE else None


def schools_in(event_id: int) -> list[Organisation]:
    """Return the schools that people of an event belong to, by name."""
    theirs = select(Registration.school_id).join(Registration.slot).where(Slot.event_id == event_id)
    return list(db.session.scalars(select(Organisation).where(Organisation.id.in_(theirs)).order_by(Organisation.name)))


def _after(order: Order, key: str) -> ColumnElement[bool] | None:
    if order is Order.TIME:
        moment = read_key(key)
        return tuple_(Registration.registered_at, Registration.id) < moment if moment else None
    reading, _sign, number = key.replace("\0", "").rpartition("~")
    last = read_id_or_none(number)
    return tuple_(Person.name_pinyin, Registration.id) > (reading, last) if last else None


def _key(last: Registration, order: Order) -> str:
    return moment_key(last.registered_at, last.id) if order is Order.TIME else f"{last.person.name_pinyin}~{last.id}"
