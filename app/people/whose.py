"""Whose data somebody reads: told to the access log as numbers, the minors among them counted by age."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, func, select

from app.core.audit import Whose
from app.core.clock import local_day, now
from app.core.db import db
from app.people.ages import ADULT_FROM, CHILD_UNTIL, age_on
from app.people.models import Person


def whose(person: Person) -> Whose:
    """Return one person for the access log."""
    return whose_of([person])


def whose_of(people: Iterable[Person], filters: str = "") -> Whose:
    """Return several people for the access log, each counted once, and by what the list of them was narrowed."""
    born = {one.id: one.born_on for one in people}
    return Whose(len(born), next(iter(born)) if len(born) == 1 else None, *_minors(born.values()), filters)


def whose_with_ids(person_ids: Select[int], filters: str = "") -> Whose:
    """Return the people a query of their ids finds, counted by the database."""
    young = select(Person.born_on, func.count()).where(Person.id.in_(person_ids)).group_by(Person.born_on)
    born = [born_on for born_on, number in db.session.execute(young) for _one in range(number)]
    return Whose(len(born), None, *_minors(born), filters)


def _minors(born: Iterable[date]) -> tuple[int, int]:
    today = local_day(now())
    ages = [age_on(one, today) for one in born]
    return sum(age < CHILD_UNTIL for age in ages), sum(CHILD_UNTIL <= age < ADULT_FROM for age in ages)
