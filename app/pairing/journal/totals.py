"""How much pairs did: letters counted once, whoever noted them; for a round's page, and for the year's report."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, String, extract, func, select

from app.core.clock import start_of_day
from app.core.db import db
from app.pairing.ending.models import PairEnding
from app.pairing.journal.models import EntryKind, JournalEntry, Way
from app.pairing.letters.models import OpenLetter
from app.pairing.models import Pair, PairingRound

HANDED_ON = "handed_on"


@dataclass(frozen=True)
class Sum:
    """How many of something one side of a round noted in a month: ``what`` is a word of `Way`, `EntryKind`, or
    ``handed_on`` for letters that a teacher handed on here."""

    round_id: int
    side: int
    what: str
    year: int
    month: int
    count: int


@dataclass(frozen=True)
class Totals:
    """Letters on paper and those handed on here, calls, visits and meetings.

    What one side sent the other received: of both numbers the greater one counts, so that no letter is counted twice
    and none is lost where only one side keeps a journal.
    """

    paper: int = 0
    handed_on: int = 0
    calls: int = 0
    visits: int = 0
    meetings: int = 0

    @property
    def letters(self) -> int:
        """All letters."""
        return self.paper + self.handed_on


def totals_of(sums: Iterable[Sum], *, has_sides: bool) -> Totals:
    """Return the totals of one round."""
    by_side: Counter[tuple[int, str]] = Counter()
    everywhere: Counter[str] = Counter()
    for one in sums:
        by_side[one.side, one.what] += one.count
        everywhere[one.what] += one.count
    paper = max(everywhere[Way.SENT], everywhere[Way.RECEIVED])
    if has_sides:
        paper = sum(max(by_side[start, Way.SENT], by_side[1 - start, Way.RECEIVED]) for start in (0, 1))
    alone = (HANDED_ON, EntryKind.CALL, EntryKind.VISIT, EntryKind.MEETING)
    return Totals(paper, *(everywhere[what] for what in alone))


def sums_of(round_ids: Select[int] | Collection[int], year: int | None = None) -> list[Sum]:
    """Return what was noted in some rounds, month by month, the latest first; of one year only, if it is named."""
    counts = (JournalEntry.round_id.in_(round_ids), JournalEntry.taken_back_at.is_(None))
    what = func.coalesce(JournalEntry.way, JournalEntry.kind, type_=String)
    noted = _by_month(
        [JournalEntry.round_id, JournalEntry.side, what], JournalEntry.happened_on, func.sum(JournalEntry.count), year
    )
    sent = _by_month([Pair.round_id], OpenLetter.handed_on, func.count(OpenLetter.id), year)
    sent = sent.join(Pair, Pair.id == OpenLetter.pair_id).where(Pair.round_id.in_(round_ids))
    letters = [Sum(row[0], 0, HANDED_ON, *map(int, row[1:])) for row in db.session.execute(sent)]
    found = [Sum(*row[:3], *map(int, row[3:])) for row in db.session.execute(noted.where(*counts))]
    return sorted([*found, *letters], key=lambda one: (-one.year, -one.month))


def by_month(sums: Iterable[Sum]) -> dict[date, Counter[str]]:
    """Return how much was noted in each month, by what it is; the latest first. A letter may be among those sent in
    one month and among those received in the next."""
    months: dict[date, Counter[str]] = {}
    for one in sums:
        months.setdefault(date(one.year, one.month, 1), Counter())[one.what] += one.count
    return months


def totals_of_year(host_ids: Collection[int], year: int) -> Totals:
    """Return what the pairs of some hosts did in a year: for the report."""
    rounds = select(PairingRound).where(PairingRound.host_id.in_(host_ids), PairingRound.published_at.is_not(None))
    by_round: dict[int, list[Sum]] = {}
    for one in sums_of(rounds.with_only_columns(PairingRound.id), year):
        by_round.setdefault(one.round_id, []).append(one)
    shapes = {one.id: one.shape for one in db.session.scalars(rounds.where(PairingRound.id.in_(by_round)))}
    each = [totals_of(sums, has_sides=shapes[round_id].has_sides) for round_id, sums in by_round.items()]
    names = ("paper", "handed_on", "calls", "visits", "meetings")
    return Totals(*(sum(getattr(one, name) for one in each) for name in names))


def pairs_of_year(host_ids: Collection[int], year: int) -> int:
    """Return how many pairs were formed in a year; whoever was parted early is counted with the next partner alone."""
    begins, ends = (start_of_day(date(one, 1, 1)) for one in (year, year + 1))
    parted = select(PairEnding.id).where(
        PairEnding.pair_id == Pair.id, PairEnding.is_early.is_(True), PairEnding.taken_back_at.is_(None)
    )
    formed = select(func.count()).select_from(Pair).join(Pair.round).where(PairingRound.host_id.in_(host_ids))
    return db.session.scalar(formed.where(Pair.formed_at >= begins, Pair.formed_at < ends, ~parted.exists())) or 0


def report_words(totals: Totals, pairs: int) -> str:
    """Return the line of the year's report: 「结对48对，往来书信96封，通话12次，互访3次，见面5次」."""
    said = [
        (_("%(num)s pairs", num=pairs), pairs),
        (_("%(num)s letters exchanged", num=totals.letters), totals.letters),
        (_("%(num)s calls", num=totals.calls), totals.calls),
        (_("%(num)s visits", num=totals.visits), totals.visits),
        (_("%(num)s meetings", num=totals.meetings), totals.meetings),
    ]
    return "、".join(words for words, count in said if count)


def _by_month(columns: list[Any], day: Any, counted: ColumnElement[int], year: int | None) -> Select[Any]:
    parts = [extract("year", day), extract("month", day)]
    found = select(*columns, *parts, counted).where(day.is_not(None)).group_by(*columns, *parts)
    return found.where(day >= date(year, 1, 1), day <= date(year, 12, 31)) if year else found
