"""How far something goes: what a guardian is told of it before agreeing."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


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

    def common(self, other: "Span") -> "Span":
        """Return what is told of both; where they share no day it covers nothing."""
        first, last = max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on)
        is_away, leads_out = self.nights_away and other.nights_away, self.leaves_county and other.leaves_county
        return Span(first, last, is_away, leads_out)

    def written(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self) | {"starts_on": self.starts_on.isoformat(), "ends_on": self.ends_on.isoformat()}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Span":
        """Return what was stored."""
        days = {name: date.fromisoformat(stored[name]) for name in ("starts_on", "ends_on")}
        return cls(**(stored | days))
