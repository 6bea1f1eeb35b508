"""The access log, looked at: by person, by staff member, by month, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, select, tuple_

from app.accounts.models import User
from app.core.audit import AccessEntry
from app.core.clock import start_of_day
from app.core.db import db
from app.core.finding import read_id_or_none
from app.core.paging import page_of, read_key
from app.core.search_keys import begins_with, written
from app.organisations.models import Membership
from app.people.models import Person
from app.people.queries import named_like, records_of

PAGE = 50
FOUND = 20  # whoever finds more types more


@dataclass(frozen=True)
class EntriesWanted:
    """What an auditor looks for; whatever is None is not asked."""

    person_id: int | None = None
    user_id: int | None = None
    month: date | None = None

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address."""
        month = f"{self.month:%Y-%m}" if self.month else None
        asked = {"person": self.person_id, "staff": self.user_id, "month": month}
        return {name: str(value) for name, value in asked.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters without one of them."""
        return {key: value for key, value in self.in_address.items() if key != name}


def read_entries_wanted(asked: Mapping[str, str]) -> EntriesWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    wanted = EntriesWanted(read_id_or_none(asked.get("person")), read_id_or_none(asked.get("staff")))
    try:
        return replace(wanted, month=datetime.strptime(asked.get("month", ""), "%Y-%m").date())  # noqa: DTZ007 - a month
    except ValueError:
        return wanted


def page_of_entries(wanted: EntriesWanted, after: str | None) -> tuple[Sequence[AccessEntry], str | None]:
    """Return a page of the log, the latest first, and the key of the next one."""
    statement, key = entries_wanted(wanted), read_key(after)
    if key:
        statement = statement.where(tuple_(AccessEntry.at, AccessEntry.id) < key)
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return page_of(found, PAGE, lambda entry: (entry.at, entry.id))


def entries_wanted(wanted: EntriesWanted) -> Select[AccessEntry]:
    """Return the entries that are looked for, the latest first."""
    statement = select(AccessEntry).order_by(AccessEntry.at.desc(), AccessEntry.id.desc())
    if wanted.person_id:
        statement = statement.where(_about(wanted.person_id))
    if wanted.user_id:
        statement = statement.where(AccessEntry.user_id == wanted.user_id)
    if wanted.month:
        following = (wanted.month + timedelta(days=31)).replace(day=1)
        since, until = start_of_day(wanted.month), start_of_day(following)
        statement = statement.where(AccessEntry.at >= since, AccessEntry.at < until)
    return statement


def _about(person_id: int) -> ColumnElement[bool]:
    """Return the condition for entries about somebody, also under the number of a record that was merged since; one
    number is asked for as such, so that the index answers in its order."""
    merged = db.session.scalars(records_of(person_id)).all()
    ids = {person_id, *merged}
    return AccessEntry.person_id == person_id if len(ids) == 1 else AccessEntry.person_id.in_(ids)


def people_called(typed: str) -> list[Person]:
    """Return people whose name, pinyin or initials begin so; by a whole phone number too."""
    statement = select(Person).order_by(Person.name_pinyin, Person.id).limit(FOUND)
    if typed.isascii() and typed.strip("+").isdigit():
        return list(db.session.scalars(statement.where(Person.phone == typed)))
    return list(db.session.scalars(statement.where(named_like(typed))))


def staff_called(typed: str) -> list[User]:
    """Return accounts that work or worked for a unit and whose name begins so."""
    key = written(typed)
    if not key:
        return []
    works = select(Membership.user_id)
    statement = select(User).where(begins_with(key, User.name_key), User.id.in_(works))
    return list(db.session.scalars(statement.order_by(User.name_key, User.id).limit(FOUND)))


def people_in(entries: Sequence[AccessEntry], *more: int | None) -> dict[int, Person]:
    """Return the people that entries are about, and others."""
    ids = {one.person_id for one in entries if one.person_id} | {one for one in more if one}
    found = db.session.scalars(select(Person).where(Person.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}
