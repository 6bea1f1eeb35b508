"""Whether there are enough grown-ups: for so many minors one, in the whole trip and in each group."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.trips.models import AdultRole
from app.trips.roster import Roster, Traveller

LOOKING_AFTER = frozenset({AdultRole.LEADER, AdultRole.TEACHER})
"""Who counts: doctors, drivers and whoever is up all night have something else to do by day."""


@dataclass(frozen=True)
class Ratio:
    """Minors, the grown-ups who look after them, and for how many minors there is to be one."""

    minors: int
    adults: int
    youths_per_adult: int

    @property
    def needed(self) -> int:
        """How many grown-ups there are to be at least."""
        return -(-self.minors // self.youths_per_adult)

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.needed - self.adults)


def ratio_of(travellers: Iterable[Traveller], youths_per_adult: int) -> Ratio:
    """Return how it stands among some who travel."""
    among = list(travellers)
    adults = sum(looks_after(one) for one in among)
    return Ratio(sum(one.is_minor for one in among), adults, youths_per_adult)


def ratio_of_trip(roster: Roster, youths_per_adult: int) -> Ratio:
    """Return how it stands in the whole trip."""
    return ratio_of(roster.everybody, youths_per_adult)


def looks_after(one: Traveller) -> bool:
    """Return whether somebody counts as one who looks after the others by day."""
    return one.adult is not None and not LOOKING_AFTER.isdisjoint(one.adult.duties)
