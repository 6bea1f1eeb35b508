"""How far something goes: what a guardian is told of it before agreeing."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """From which day to which, both included; whether it is away for a night, and leads out of the county."""

    starts_on: date
    ends_on: date
    nights_away: bool
    leaves_county: bool

    def covers(self, other: "Span") -> bool:
        """Return whether the other one is nothing that is not told of this one."""
        is_within = self.starts_on <= other.starts_on and other.ends_on <= self.ends_on
        return is_within and self.nights_away >= other.nights_away and self.leaves_county >= other.leaves_county
