"""Who may have been entered twice, and what is known about both."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import User
from app.care.merging.two_people import are_two
from app.certificates.models import Certificate
from app.core.access import Principal, Role
from app.core.db import db
from app.core.filters import full_day, masked_phone
from app.events.models import Registration
from app.people.models import ActsFor, Enrolment, Person
from app.people.profile import both_said
from app.people.words import GENDER_WORDS, KIND_WORDS

PAGE = 30


@dataclass(frozen=True)
class Fact:
    """One line of the comparison: what both records say, and what the one that is kept says afterwards."""

    label: str
    kept: str
    other: str
    after: str


def people_merged_by(principal: Principal) -> Select[Person]:
    """Return whom somebody may make one record of: an administrator everybody, a school its own pupils."""
    there = select(Person).where(Person.merged_into_id.is_(None), Person.name != "")
    if principal.has(Role.ADMINISTRATOR):
        return there
    return there.where(Person.id.in_(_pupils_of(principal)))


def likely_doubles(principal: Principal, after: tuple[int, int] | None) -> list[tuple[Person, Person]]:
    """Return a page of pairs alike by name and birth date, or by name and phone; one more than `PAGE` if there is more.

    Whom somebody has said to be two is left out. The older record comes first; ``after`` are the ids of the last pair
    of the page before.
    """
    first, second = aliased(Person), aliased(Person)
    alike = or_(first.born_on == second.born_on, first.phone == second.phone)
    pairs = (
        select(first, second)
        .join(second, and_(second.name == first.name, second.id > first.id, alike))
        .where(first.name != "", first.merged_into_id.is_(None), second.merged_into_id.is_(None))
        .where(~are_two(first.id, second.id))
        .order_by(first.id, second.id)
        .limit(PAGE + 1)
    )
    if not principal.has(Role.ADMINISTRATOR):
        own = _pupils_of(principal)
        pairs = pairs.where(first.id.in_(own), second.id.in_(own))
    if after:
        pairs = pairs.where(tuple_(first.id, second.id) > tuple_(*after))
    return [(one, other) for one, other in db.session.execute(pairs)]


def read_pair(text: str | None) -> tuple[int, int] | None:
    """Return the key of a pair in an address, None for anything else."""
    first, _comma, second = (text or "").partition("-")
    if first.isdecimal() and second.isdecimal() and len(first) < 10 and len(second) < 10:
        return int(first), int(second)
    return None


def facts_about(kept: Person, other: Person) -> list[Fact]:
    """Return what both records say, line by line."""
    facts = [_fact(label, one, two) for label, one, two in _what_is_said(kept, other)]
    facts += [
        _together(_("Languages spoken"), kept.languages, other.languages),
        _together(_("Interests"), kept.interests, other.interests),
        _sum(_("Accounts that act for them"), _accounts(kept), _accounts(other)),
        _counted(_("Sign-ups"), kept, other, select(func.count(Registration.id))),
        _counted(_("Certificates"), kept, other, select(func.count(Certificate.id)).join(Certificate.registration)),
    ]
    return [one for one in facts if one.kept or one.other]


def _what_is_said(kept: Person, other: Person) -> list[tuple[str, str, str]]:
    both = (kept, other)
    said = [
        (_("Name"), kept.name, other.name),
        (_("Date of birth"), full_day(kept.born_on), full_day(other.born_on)),
        (_("School and class"), _school(kept), _school(other)),
        (_("Phone number"), masked_phone(kept.phone), masked_phone(other.phone)),
        (_("Gender"), *(str(GENDER_WORDS[one.gender]) if one.gender else "" for one in both)),
        (_("Takes part as"), *(str(KIND_WORDS[one.kind]) if one.kind else "" for one in both)),
        (_("Student number"), kept.student_no, other.student_no),
        (_("Volunteer number"), kept.volunteer_no, other.volunteer_no),
    ]
    return [(str(label), one, two) for label, one, two in said]


def _fact(label: str, kept: str, other: str) -> Fact:
    return Fact(label, kept, other, kept or other)


def _together(label: str, kept: str, other: str) -> Fact:
    return Fact(str(label), kept, other, both_said(kept, other))


def _sum(label: str, kept: list[str], other: list[str]) -> Fact:
    both = kept + [one for one in other if one not in kept]
    return Fact(str(label), "\n".join(kept), "\n".join(other), "\n".join(both))


def _counted(label: str, kept: Person, other: Person, counting: Select[int]) -> Fact:
    numbers = [db.session.scalar(counting.where(Registration.person_id == one.id)) or 0 for one in (kept, other)]
    return Fact(str(label), str(numbers[0]), str(numbers[1]), str(sum(numbers)))


def _school(person: Person) -> str:
    current = (Enrolment.person_id == person.id, Enrolment.ended_at.is_(None))
    found = db.session.scalar(select(Enrolment).where(*current).options(joinedload(Enrolment.school)))
    if found is None:
        return ""
    words = f"{found.school.name} {found.class_name}".strip()
    return words if found.confirmed_at else str(_("%(school)s (not confirmed)", school=words))


def _accounts(person: Person) -> list[str]:
    theirs = select(User).join(ActsFor, ActsFor.user_id == User.id).where(ActsFor.person_id == person.id)
    found = db.session.scalars(theirs.order_by(User.id))
    return [f"{one.name} {masked_phone(one.phone)}".strip() for one in found]


def _pupils_of(principal: Principal) -> Select[int]:
    own = (Enrolment.school_id.in_(principal.units(Role.SCHOOL)), Enrolment.ended_at.is_(None))
    return select(Enrolment.person_id).where(*own, Enrolment.confirmed_at.is_not(None))
