"""Emergency cards: one a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.trips.models import TripAdult
from app.trips.papers import tables
from app.trips.papers.facts import ToCall, TripFacts
from app.trips.roster import Traveller


@dataclass(frozen=True)
class Card:
    """One group's emergency card: who leads it, the other grown-ups with a number, and of each member whom to call and
    what to look after."""

    group: str
    leaders: Sequence[TripAdult]
    others: Sequence[Traveller]
    members: Sequence[tuple[Traveller, Sequence[ToCall], str]]


def card_of(group_id: int | None, facts: TripFacts) -> Card:
    """Return the emergency card of one group; of those without a group for None."""
    members = [one for one in facts.roster.youths if one.group_id == group_id]
    group = facts.groups.get(group_id or 0)
    name = group.name if group else str(_("without a group"))
    calls = facts.to_call
    told = [(one, calls.get(one.person.id, ()) if one.person else (), tables.needs_line(one, facts)) for one in members]
    leaders = facts.leaders_of(group_id)
    others = [one for one in facts.roster.adults if one.adult and one.adult.phone and one.adult not in leaders]
    return Card(name, leaders, others, told)
