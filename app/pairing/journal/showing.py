"""What the pages of a journal show, everything ready to be read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.queries import names_of
from app.pairing.journal.groups import told
from app.pairing.journal.models import JournalEntry
from app.pairing.journal.operations import Group
from app.pairing.journal.totals import Totals, by_month, sums_of, totals_of
from app.pairing.journal.words import what_of
from app.pairing.models import PairingRound


@dataclass(frozen=True)
class Line:
    """An entry, what it counts, for whom, and by whom."""

    entry: JournalEntry
    what: str
    whom: str
    by: str


@dataclass(frozen=True)
class Counted:
    """What was counted of a round, altogether and month by month."""

    totals: Totals
    months: dict[date, Counter[str]]


def lines_of(one: PairingRound, entries: Sequence[JournalEntry]) -> list[Line]:
    """Return entries as lines."""
    names = names_of(entry.noted_by_id for entry in entries)
    return [Line(entry, str(what_of(entry)), whom(one, entry), names[entry.noted_by_id]) for entry in entries]


def whom(one: PairingRound, entry: JournalEntry) -> str:
    """Return for whom an entry is: a pair by its number, or a class."""
    if entry.pair is not None:
        return str(entry.pair.number)
    return told(Group(entry.side, entry.school, entry.class_name), one)


def counted_of(one: PairingRound) -> Counted:
    """Return what was counted of a round."""
    sums = sums_of([one.id])
    return Counted(totals_of(sums, has_sides=one.shape.has_sides), by_month(sums))
