"""A list of a trip as it is now, its version, and what changed since it was printed last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.crypto import keyed_hash
from app.core.languages import CHINESE
from app.trips.papers import tables
from app.trips.papers.facts import TripFacts
from app.trips.papers.models import PaperKind, TripEmergency, TripPrint
from app.trips.papers.tables import TABLES, Row
from app.trips.papers.words import CHANGED
from app.trips.roster import Traveller

Line = Mapping[str, Any]
_PLACES = {"group": "group_id", "bus": "bus_id", "room": "room_id"}
_COMPARED = {
    PaperKind.ROSTER: ("group", "bus", "room", "said"),
    PaperKind.INSURANCE: ("said",),
    PaperKind.RIDES: ("bus", "group", "said"),
    PaperKind.ROOMS: ("room", "group", "said"),
    PaperKind.MEALS: ("group", "said"),
    PaperKind.EMERGENCY: ("group", "said"),
    PaperKind.BADGES: ("group", "said"),
}


@dataclass(frozen=True)
class Paper:
    """One list: head and rows, eight digits that stand for all of it, and a line for each traveller to compare with
    later."""

    kind: PaperKind
    head: Sequence[str]
    rows: Sequence[Row]
    version: str
    lines: Mapping[str, Line]


def make_paper(kind: PaperKind, facts: TripFacts, contacts: TripEmergency | None) -> Paper:
    """Return a list as it is now; without the numbers of documents, which are added when somebody takes them out."""
    head, rows = TABLES[kind](facts)
    with force_locale(CHINESE):  # the same version in whatever language it is read
        told = TABLES[kind](facts)
        lines = {one.who: _line(kind, one, facts) for one in facts.roster.everybody}
    typed = _typed(contacts) if kind is PaperKind.EMERGENCY else []
    filled = sorted(facts.filled.items()) if kind is PaperKind.INSURANCE else []
    version = f"{int(_hash(told, typed, filled), 16) % 10**8:08}"  # digits: they are read out and compared
    return Paper(kind, head, rows, version, lines)


def changes_since(last: TripPrint | None, paper: Paper) -> list[str]:
    """Say in words what changed since a list was printed: nothing if it was not, or is the same."""
    if last is None or last.version == paper.version:
        return []
    before, after = last.lines, paper.lines
    both = [who for who in after if who in before]
    counts = {"new": len(after.keys() - before.keys()), "gone": len(before.keys() - after.keys())}
    for what in _COMPARED[paper.kind]:
        counts[what] = sum(before[who].get(what) != after[who][what] for who in both)
    return [CHANGED[what](number) for what, number in counts.items() if number] or [str(_("something else"))]


def _line(kind: PaperKind, one: Traveller, facts: TripFacts) -> Line:
    places = {name: getattr(one, column) for name, column in _PLACES.items()}
    return {**places, "said": _hash(_SAID[kind](one, facts))}


def _hash(*told: object) -> str:
    """Return a fingerprint; nobody can try out names or phone numbers that fit without the server's key."""
    return keyed_hash("trip paper", repr(told))[:16]


def _who(one: Traveller) -> tuple[object, ...]:
    return (one.name, one.gender, one.side, one.school, one.class_name, one.adult.roles if one.adult else "")


def _eats(one: Traveller, facts: TripFacts) -> tuple[object, ...]:
    needs = facts.needs.get(one.person.id) if one.person else None
    return (one.side, needs.diet, bool(needs.food)) if needs else (one.side,)


_SAID: Mapping[PaperKind, Callable[[Traveller, TripFacts], object]] = {
    PaperKind.ROSTER: lambda one, _facts: _who(one),
    PaperKind.INSURANCE: lambda one, facts: (one.name, one.gender, facts.filled.get(one.who)),
    PaperKind.RIDES: lambda one, _facts: (one.name, one.side),
    PaperKind.ROOMS: lambda one, _facts: (one.name, one.gender, one.side),
    PaperKind.MEALS: _eats,
    PaperKind.EMERGENCY: lambda one, facts: (_who(one), tables.calls(one, facts), tables.needs_line(one, facts)),
    PaperKind.BADGES: lambda one, facts: (one.name, one.side, tables.badge_line(one, facts)),
}


def _typed(contacts: TripEmergency | None) -> list[str]:
    return [contacts.on_duty, contacts.protection, contacts.hospital, contacts.insurance] if contacts else []
