"""What staff look for among an event's registrations, as it stands in an address, and as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select, true, tuple_
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.finding import read_id_or_none
from app.core.paging import moment_key, read_key
from app.core.searching import sealed_word, typed_word
from app.events.models import Registration, Slot, Source
from app.events.queries import with_event
from app.events.questions.answers import lacks_answers
from app.events.search import as_word
from app.organisations.models import Organisation
from app.pages.registration_views import RegistrationView
from app.people.models import Person
from app.people.queries import named_like

PAGE = 50


class Order(StrEnum):
    """What comes first."""

    NAME = "name"
    TIME = "time"
    LINE = "line"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _ORDERS[self]


_ORDERS = {
    Order.NAME: _l("By name"),
    Order.TIME: _l("Latest sign-up first"),
    Order.LINE: _l("In the order of the waiting list"),
}


@dataclass(frozen=True)
class RegistrationsWanted:
    """What staff look for; whatever is None or "" is not asked."""

    view: RegistrationView = RegistrationView.ALL
    name: str = ""
    slot_id: int | None = None
    school_id: int | None = None
    source: Source | None = None
    party_id: int | None = None
    is_unanswered: bool = False
    order: Order = Order.NAME

    @property
    def orders(self) -> tuple[Order, ...]:
        """What can come first, the usual order before the others."""
        return (Order.LINE, Order.NAME, Order.TIME) if self._is_line else (Order.NAME, Order.TIME)

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, as the parameters of an address."""
        view = "" if self.view is RegistrationView.ALL else self.view
        return {"view": view, **self.narrowed} if view else self.narrowed

    @property
    def narrowed(self) -> dict[str, str]:
        """What narrows each view alike."""
        known = {
            "q": sealed_word(self.name),
            "slot": self.slot_id,
            "school": self.school_id,
            "source": self.source,
            "party": self.party_id,
            "unanswered": int(self.is_unanswered),
        }
        return {name: str(value) for name, value in known.items() if value}

    @property
    def in_address(self) -> dict[str, str]:
        """What narrows and orders the list, as the parameters of an address."""
        return self.filters | ({} if self.order is self.orders[0] else {"order": self.order.value})

    @property
    def _is_line(self) -> bool:
        return self.view is RegistrationView.WAITING


def read_registrations_wanted(asked: Mapping[str, str]) -> RegistrationsWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    view = as_word(RegistrationView, asked.get("view")) or RegistrationView.ALL
    orders, order = RegistrationsWanted(view).orders, as_word(Order, asked.get("order"))
    return RegistrationsWanted(
        view=view,
        name=typed_word(asked.get("q"))[:60],
        slot_id=read_id_or_none(asked.get("slot")),
        school_id=read_id_or_none(asked.get("school")),
        source=as_word(Source, asked.get("source")),
        party_id=read_id_or_none(asked.get("party")),
        is_unanswered=asked.get("unanswered") == "1",
        order=order if order in orders else orders[0],
    )


def registrations_wanted(event_id: int, wanted: RegistrationsWanted) -> Select[Registration]:
    """Return an event's registrations that are looked for, in the order that is asked for."""
    statement = (
        with_event(select(Registration))
        .join(Registration.person)
        .options(joinedload(Registration.school), joinedload(Registration.offer))
        .where(Slot.event_id == event_id, wanted.view.condition)
    )
    if wanted.name:
        statement = statement.where(named_like(wanted.name))
    if wanted.slot_id:
        statement = statement.where(Registration.slot_id == wanted.slot_id)
    if wanted.school_id:
        statement = statement.where(Registration.school_id == wanted.school_id)
    if wanted.source:
        statement = statement.where(Registration.source == wanted.source)
    if wanted.party_id:
        statement = statement.where(Registration.party_id == wanted.party_id)
    statement = statement.where(lacks_answers() if wanted.is_unanswered else true())
    if wanted.order is Order.TIME:
        return statement.order_by(Registration.registered_at.desc(), Registration.id.desc())
    if wanted.order is Order.LINE:
        return statement.order_by(Registration.slot_id, Registration.line, Registration.id)
    return statement.order_by(Person.name_pinyin, Registration.id)


def page_of_registrations(
    event_id: int, wanted: RegistrationsWanted, after: str
) -> tuple[list[Registration], str | None]:
    """Return a page and, if there is more, the key at which the next one starts; any other key means the first."""
    statement = registrations_wanted(event_id, wanted)
    beyond = _after(event_id, wanted.order, after)
    if beyond is not None:
        statement = statement.where(beyond)
    found = list(db.session.scalars(statement.limit(PAGE + 1)))
    return found[:PAGE], _key(found[PAGE - 1], wanted.order) if len(found) > PAGE else None


def how_many(event_id: int, wanted: RegistrationsWanted) -> int:
    """Return how many registrations are looked for."""
    ids = registrations_wanted(event_id, wanted).order_by(None).with_only_columns(func.count(Registration.id))
    return db.session.scalar(ids) or 0


def ids_of(event_id: int, wanted: RegistrationsWanted) -> list[int]:
    """Return the ids of all registrations that are looked for."""
    return list(db.session.scalars(registrations_wanted(event_id, wanted).with_only_columns(Registration.id)))


def schools_in(event_id: int) -> list[Organisation]:
    """Return the schools that people of an event belong to, by name."""
    theirs = select(Registration.school_id).join(Registration.slot).where(Slot.event_id == event_id)
    return list(db.session.scalars(select(Organisation).where(Organisation.id.in_(theirs)).order_by(Organisation.name)))


def _after(event_id: int, order: Order, key: str) -> ColumnElement[bool] | None:
    if order is Order.TIME:
        moment = read_key(key)
        return tuple_(Registration.registered_at, Registration.id) < moment if moment else None
    if order is Order.LINE:
        numbers = [read_id_or_none(part) for part in key.split("~")]
        is_key = len(numbers) == len(_LINE.clauses) and all(numbers)
        return tuple(numbers) < _LINE if is_key else None
    last = read_id_or_none(key)
    here = select(Person.name_pinyin).join(Registration).join(Slot).where(Slot.event_id == event_id)
    reading = db.session.scalar(here.where(Registration.id == last)) if last else None
    return None if reading is None else tuple_(Person.name_pinyin, Registration.id) > (reading, last)


def _key(last: Registration, order: Order) -> str:
    if order is Order.TIME:
        return moment_key(last.registered_at, last.id)
    if order is Order.LINE:
        return f"{last.slot_id}~{last.line}~{last.id}"
    return str(last.id)  # and no name: a key stands in addresses


_LINE = tuple_(Registration.slot_id, Registration.line, Registration.id)
