"""Who missed what: as the family reads it, and as the host's staff does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.core.finding import read_id_or_none
from app.core.searching import sealed_word, typed_word
from app.events.leave.absences import holds_until
from app.events.models import Absence, AbsenceKind, Event, Registration, Slot
from app.events.rules import Rules, rules_of
from app.events.search import as_word
from app.people.models import ActsFor, Person
from app.people.queries import named_like

PAGE = 50
_SHOWN_FOR = timedelta(days=180)
_UNEXCUSED = Absence.kind == AbsenceKind.UNEXCUSED
_WHOLE = (
    joinedload(Absence.registration, innerjoin=True)
    .joinedload(Registration.slot, innerjoin=True)
    .joinedload(Slot.event, innerjoin=True)
    .joinedload(Event.host, innerjoin=True)
)


@dataclass(frozen=True)
class Missed:
    """What one person missed of one unit, and until when sign-up opens later because of it."""

    person: Person
    host: str
    absences: Sequence[Absence]
    rules: Rules
    until: datetime | None


def missed_by(user_id: int, at: datetime) -> list[Missed]:
    """Return what the people of an account missed without a word in the last half year, by person and unit."""
    own = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    theirs = (
        select(Absence)
        .where(Absence.person_id.in_(own), _UNEXCUSED, Absence.missed_at > at - _SHOWN_FOR)
        .options(_WHOLE, joinedload(Absence.person, innerjoin=True))
        .order_by(Absence.person_id, Absence.host_id, Absence.missed_at.desc())
    )
    found = db.session.scalars(theirs).all()
    return [_missed(list(group), at) for _key, group in groupby(found, key=lambda one: (one.person_id, one.host_id))]


def absences_of_family(user_id: int, at: datetime) -> tuple[bool, set[int]]:
    """Return whether anybody of an account missed something that still counts, and for which dates to come somebody
    asked for leave, by registration."""
    own = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    theirs = select(Absence.registration_id, Absence.kind, Absence.missed_at).where(
        Absence.person_id.in_(own), Absence.missed_at > at - _SHOWN_FOR, Absence.forgiven_at.is_(None)
    )
    found = db.session.execute(theirs).all()
    leave = {row.registration_id for row in found if row.kind is AbsenceKind.EXCUSED and row.missed_at > at}
    return any(row.kind is AbsenceKind.UNEXCUSED for row in found), leave


class AbsenceView(StrEnum):
    """The parts of the host's list."""

    MISSED = "missed"
    ASKED = "asked"
    LEAVE = "leave"
    FORGIVEN = "forgiven"

    @property
    def words(self) -> LazyString:
        """What it is called on pages."""
        return _WORDS[self]

    @property
    def condition(self) -> ColumnElement[bool]:
        """The absences that are so."""
        return {
            AbsenceView.MISSED: _UNEXCUSED & Absence.forgiven_at.is_(None),
            AbsenceView.ASKED: _UNEXCUSED & Absence.forgiven_at.is_(None) & Absence.pleaded_at.is_not(None),
            AbsenceView.LEAVE: Absence.kind == AbsenceKind.EXCUSED,
            AbsenceView.FORGIVEN: Absence.forgiven_at.is_not(None),
        }[self]


_WORDS = {
    AbsenceView.MISSED: _l("Missed without a word"),
    AbsenceView.ASKED: _l("Explained afterwards"),
    AbsenceView.LEAVE: _l("Asked for leave"),
    AbsenceView.FORGIVEN: _l("Forgiven"),
}


@dataclass(frozen=True)
class AbsencesWanted:
    """What staff look for."""

    view: AbsenceView
    name: str

    @property
    def in_address(self) -> dict[str, str]:
        """The same as the parameters of an address."""
        return {"view": self.view.value} | ({"q": sealed_word(self.name)} if self.name else {})


def read_absences_wanted(asked: Mapping[str, str]) -> AbsencesWanted:
    """Return what an address asks for; what it says wrongly is not asked."""
    view = as_word(AbsenceView, asked.get("view")) or AbsenceView.MISSED
    return AbsencesWanted(view, typed_word(asked.get("q"))[:60])


def absences_of(principal: Principal, wanted: AbsencesWanted, after: str | None) -> list[Absence]:
    """Return a page of the absences of the hosts in view, the latest first; one more than `PAGE` if there is more."""
    own = principal.units_in_view(Role.STAFF)
    found = select(Absence).join(Absence.person).where(Absence.host_id.in_(own), wanted.view.condition)
    if wanted.name:
        found = found.where(named_like(wanted.name))
    before = read_id_or_none(after)
    if before:
        found = found.where(Absence.id < before)
    whole = found.options(_WHOLE, contains_eager(Absence.person)).order_by(Absence.id.desc()).limit(PAGE + 1)
    return list(db.session.scalars(whole))


def _missed(absences: list[Absence], at: datetime) -> Missed:
    host = absences[0].registration.slot.event.host
    rules = rules_of(host.id)
    counting = [one.missed_at for one in absences if one.forgiven_at is None]
    until = holds_until(counting, rules)
    return Missed(absences[0].person, host.name, absences, rules, until if until and until > at else None)
