"""The demo county's accounts and the people they act for, entered in bulk by the rules of `add_person`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import User
from app.core.clock import local_day
from app.core.db import db
from app.demo import sign_ins
from app.demo.people import Household, Somebody, born, households
from app.demo.schooling import class_name, grade_of
from app.demo.staff import open_for
from app.demo.units import Unit
from app.people.models import ActsFor, Enrolment, Person, Relation

HOW_MANY = 1500


@dataclass(frozen=True)
class Entrant:
    """Somebody who can sign up: through which account, and as a pupil of which school."""

    user_id: int
    person: Person
    enrolment: Enrolment | None


def enter_printed(random: Random, units: Mapping[str, Unit], password_hash: str, at: datetime) -> list[Entrant]:
    """Enter the young person and the parent whose sign-ins are printed, with the parent's two children."""
    today, joined = local_day(at), at - timedelta(days=330)
    young = Somebody(sign_ins.YOUNG.name, born(random, today, 17))
    children = (Somebody("周一诺", born(random, today, 11)), Somebody("周思远", born(random, today, 15)))
    accounts = [
        open_for(sign_ins.YOUNG, password_hash, joined),
        open_for(sign_ins.PARENT, password_hash, joined),
    ]
    homes = [
        Household(sign_ins.YOUNG.name, (young,), is_own=True),
        Household(sign_ins.PARENT.name, children, is_own=False),
    ]
    entrants = _enter(random, homes, accounts, [joined, joined], today_at=at, schools=_schools(units))
    return [_at_school(entrants[0], units["first"], joined), *entrants[1:]]


def enter_families(random: Random, units: Mapping[str, Unit], password_hash: str, at: datetime) -> list[Entrant]:
    """Enter everybody else, about a thousand accounts with one hash among them."""
    homes = list(households(random, local_day(at), HOW_MANY - 3))
    joined = [at - timedelta(days=random.randint(310, 325), minutes=random.randint(0, 1400)) for _ in homes]
    accounts = [
        User(name=home.holder, phone=f"139{number:08d}", password_hash=password_hash, created_at=moment)
        for number, (home, moment) in enumerate(zip(homes, joined, strict=True))
    ]
    db.session.add_all(accounts)
    db.session.flush()
    return _enter(random, homes, accounts, joined, today_at=at, schools=_schools(units))


def _at_school(one: Entrant, school: Unit, at: datetime) -> Entrant:
    """Let somebody be a pupil of a school, in the class of before if there was one."""
    enrolment = one.enrolment or Enrolment(
        person_id=one.person.id, class_name=class_name(school.grades[0], 1), asked_at=at
    )
    enrolment.school_id = school.organisation.id
    db.session.add(enrolment)
    db.session.flush()
    return replace(one, enrolment=enrolment)


def _schools(units: Mapping[str, Unit]) -> list[Unit]:
    return [unit for unit in units.values() if unit.is_school]


def _enter(
    random: Random,
    homes: list[Household],
    accounts: list[User],
    joined: list[datetime],
    *,
    today_at: datetime,
    schools: list[Unit],
) -> list[Entrant]:
    rows = [
        (account, Person(name=one.name, born_on=one.born_on, phone=account.phone, created_at=moment), home.is_own)
        for home, account, moment in zip(homes, accounts, joined, strict=True)
        for one in home.persons
    ]
    db.session.add_all(person for _, person, _ in rows)
    db.session.flush()
    db.session.add_all(
        ActsFor(
            user_id=account.id,
            person_id=person.id,
            relation=Relation.ONESELF if is_own else Relation.CHILD,
            since=person.created_at,
        )
        for account, person, is_own in rows
    )
    entrants = [
        Entrant(account.id, person, _enrolment(random, person, schools, today_at)) for account, person, _ in rows
    ]
    db.session.add_all(one.enrolment for one in entrants if one.enrolment)
    db.session.flush()
    return entrants


def _enrolment(random: Random, person: Person, schools: list[Unit], at: datetime) -> Enrolment | None:
    grade = grade_of(person.born_on, local_day(at))
    fitting = [school for school in schools if grade in school.grades]
    if not fitting or random.random() < 0.08:  # grown up, or nobody named a school
        return None
    school = random.choice(fitting)
    return Enrolment(
        person_id=person.id,
        school_id=school.organisation.id,
        class_name=school.some_class(random, grade),
        asked_at=person.created_at,
    )


def answer(random: Random, entrants: list[Entrant], offices: Mapping[int, int], always: Collection[int]) -> None:
    """Let the schools have answered for most of their pupils, and said yes for those people who are ``always`` theirs;
    ``offices`` are who does that, by the school's id."""
    for enrolment in _asked(entrants):
        chance, moment = random.random(), enrolment.asked_at + timedelta(days=random.randint(1, 9))
        if chance < 0.88 or enrolment.person_id in always:
            enrolment.confirmed_at = moment
        elif chance < 0.92:
            enrolment.refused_at = moment
        else:
            continue  # still waiting for an answer
        enrolment.answered_by_id = offices[enrolment.school_id]


def _asked(entrants: list[Entrant]) -> Iterator[Enrolment]:
    return (one.enrolment for one in entrants if one.enrolment)
