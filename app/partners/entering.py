"""Taking a partner's list in: whoever is on the side already stays, all others are entered, all or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db
from app.partners.lines import Guest
from app.partners.links import still_open
from app.partners.problems import NothingToEnter
from app.people.ages import ADULT_FROM, age_on
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import GuardianRelation
from app.people.entering import enter_person
from app.people.models import Person, PersonKind
from app.people.operations import Details
from app.programmes.applications import applying, places
from app.programmes.models import OPEN, Application, ApplicationSource, Programme, Side

Key = tuple[str, date]


@dataclass(frozen=True)
class Entered:
    """How many are new on the side, and how many were there already."""

    new: int
    known: int


def enter_list(link_id: int, guests: Sequence[Guest], *, at: datetime) -> Entered:
    """Enter whom a partner sends; the same list a second time changes nothing. Whoever made the link answers for it.

    Raises `NothingToEnter`, `PartnerLinkOver`, `NotOpen`, `WrongAge`.
    """
    if not guests:
        raise NothingToEnter
    link = still_open(link_id, at=at)
    side = places.lock_side(link.side_id)
    applying.check_open(side, at)
    here, before = known_on(side), _of_earlier_years(side, guests)
    new = 0
    for guest in guests:
        key = (guest.name, guest.born_on)
        if key in here:
            here[key].class_name = guest.place or here[key].class_name
            continue
        person_id = before.get(key) or _entered(guest, at)
        _name_guardian(person_id, guest, by=link.made_by_id, at=at)
        one = applying.enter(side.id, person_id, class_name=guest.place, by=link.made_by_id, at=at)
        note_change(applying.RECORD, one.id, "sent", by=link.made_by_id, at=at, label=link.label)
        new += 1
    return Entered(new, len(guests) - new)


def known_on(side: Side) -> dict[Key, Application]:
    """Return who is on a side already, from a partner's list, by name and birth date."""
    there = (Application.side_id == side.id, Application.source == ApplicationSource.HOST, Application.state.in_(OPEN))
    found = db.session.scalars(select(Application).join(Application.person).where(*there))
    return {(one.person.name, one.person.born_on): one for one in found}


def _of_earlier_years(side: Side, guests: Sequence[Guest]) -> dict[Key, int]:
    """Return whom the same partner had sent to the same host before: a list finds nobody else's child."""
    same = Side.organisation_id == side.organisation_id if side.organisation_id else Side.name == side.name
    sent = (
        select(Person.name, Person.born_on, Person.id)
        .join(Application, Application.person_id == Person.id)
        .join(Side, Side.id == Application.side_id)
        .join(Programme, Programme.id == Side.programme_id)
        .where(
            Programme.host_id == side.programme.host_id,
            Application.source == ApplicationSource.HOST,
            same,
            Person.name.in_({guest.name for guest in guests}),
        )
        .order_by(Person.id.desc())
    )
    return {(name, born_on): person_id for name, born_on, person_id in db.session.execute(sent)}


def _entered(guest: Guest, at: datetime) -> int:
    person = enter_person(Details(guest.name, guest.born_on, None, ""), None, at=at)
    person.gender, person.interests, person.languages = guest.gender, guest.interests, guest.languages
    is_young = age_on(guest.born_on, local_day(at)) < ADULT_FROM
    person.kind = PersonKind.PUPIL if is_young else PersonKind.TEACHER
    return person.id


def _name_guardian(person_id: int, guest: Guest, *, by: int, at: datetime) -> None:
    """Write down whom the list names. It proves nothing: only a school's own roster does."""
    if guest.guardian:
        words = GuardianWords(guest.guardian, GuardianRelation.GUARDIAN, guest.phone)
        guardians.typed(person_id, words, by=by, at=at)
