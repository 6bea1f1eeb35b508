"""How far the preparation of a trip is, at a glance: for its own page and the programme's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.programmes.models import Programme
from app.trips.adults.checks import unchecked
from app.trips.adults.ratio import Ratio, ratio_of_trip
from app.trips.attention import Remark, remarks_on
from app.trips.models import TripAdult, TripPart
from app.trips.queries import places_of, youths_per_adult
from app.trips.roster import Roster, Traveller, roster_of
from app.trips.tasks.queries import Standing, standing_of, tasks_of


@dataclass(frozen=True)
class Waiting:
    """Of one part of the plan: how many groups, buses or rooms there are, and who is in none of them."""

    part: TripPart
    places: int
    people: Sequence[Traveller]


@dataclass(frozen=True)
class Glance:
    """What is done and what is left to do before a trip."""

    roster: Roster
    tasks: Standing
    ratio: Ratio
    unchecked: Sequence[TripAdult]
    waiting: Sequence[Waiting]
    remarks: Sequence[Remark]

    @property
    def is_begun(self) -> bool:
        """Whether anybody has done anything about it."""
        return bool(
            self.tasks.tasks or self.roster.adults or self.roster.departed or any(one.places for one in self.waiting)
        )


def glance_of(programme: Programme, today: date) -> Glance:
    """Return how far a trip is."""
    roster = roster_of(programme)
    places = {part: places_of(part, programme.id) for part in parts_of(programme)}
    return Glance(
        roster=roster,
        tasks=standing_of(tasks_of(programme.id), today),
        ratio=ratio_of_trip(roster, youths_per_adult(programme.id)),
        unchecked=unchecked([one.adult for one in roster.adults if one.adult], programme.starts_on),
        waiting=[_waiting(part, len(rows), roster) for part, rows in places.items()],
        remarks=remarks_on(roster, places),
    )


def parts_of(programme: Programme) -> list[TripPart]:
    """Return what has to be planned: rooms only with nights away."""
    return [part for part in TripPart if part is not TripPart.ROOMS or programme.nights_away]


def _waiting(part: TripPart, places: int, roster: Roster) -> Waiting:
    return Waiting(part, places, [one for one in roster.youths if one.place(part) is None])
