"""What the summary of a year counts (《未成年人网络保护条例》 37): under 14 and under 18 apart, and read or taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.care.auditing.words import TAKEN
from app.core.audit import AccessEntry
from app.core.clock import start_of_day
from app.core.db import db
from app.organisations.models import Organisation


@dataclass(frozen=True)
class Line:
    """One kind of access in a year: what was done, in which capacity, for which unit, what for, and how often.

    The three last count people each time: 人次.
    """

    action: str
    role: str
    unit_id: int | None
    purpose: str
    times: int
    people: int
    under_14: int
    under_18: int

    @property
    def is_taken(self) -> bool:
        """Whether the data left the house; everything else is reading."""
        return self.action in TAKEN


@dataclass(frozen=True)
class Sums:
    """How often, and of how many people: all, under 14, 14 to 17."""

    times: int
    people: int
    under_14: int
    under_18: int


def lines_of(year: int) -> list[Line]:
    """Return what happened in a year, counted by the database in one statement."""
    entry = AccessEntry
    numbers = (func.count(), func.sum(entry.people), func.sum(entry.under_14), func.sum(entry.under_18))
    by = (entry.action, entry.role, entry.unit_id, entry.purpose)
    since, until = start_of_day(date(year, 1, 1)), start_of_day(date(year + 1, 1, 1))
    found = db.session.execute(select(*by, *numbers).where(entry.at >= since, entry.at < until).group_by(*by))
    return [Line(*row) for row in found]


def sums(lines: Iterable[Line]) -> Sums:
    """Return the sums of some lines."""
    some = list(lines)
    return Sums(
        sum(one.times for one in some),
        sum(one.people for one in some),
        sum(one.under_14 for one in some),
        sum(one.under_18 for one in some),
    )


def grouped(lines: Iterable[Line], word: Callable[[Line], str]) -> list[tuple[str, Sums]]:
    """Return the sums of the lines with the same word, those with most minors first."""
    by_word: dict[str, list[Line]] = {}
    for one in lines:
        by_word.setdefault(word(one), []).append(one)
    found = [(name, sums(some)) for name, some in by_word.items()]
    return sorted(found, key=lambda pair: (-pair[1].under_14 - pair[1].under_18, -pair[1].times, pair[0]))


def unit_names(lines: Iterable[Line]) -> dict[int | None, str]:
    """Return what the units in some lines are called."""
    ids = {one.unit_id for one in lines if one.unit_id}
    return {
        row.id: row.name
        for row in db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    }


def staff_count(year: int) -> int:
    """Return how many different accounts read or took something."""
    since, until = start_of_day(date(year, 1, 1)), start_of_day(date(year + 1, 1, 1))
    theirs = select(func.count(AccessEntry.user_id.distinct())).where(AccessEntry.at >= since, AccessEntry.at < until)
    return db.session.scalar(theirs) or 0
