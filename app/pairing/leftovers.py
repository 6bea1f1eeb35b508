"""Who is left without a partner: which rule prevents it, and what would free them."""

from dataclasses import asdict, dataclass
from typing import Any

from app.pairing.rules import Rule


@dataclass(frozen=True)
class Freeing:
    """So many would suit if it were not for this one rule; ``months`` is the age gap that would have to be allowed."""

    rule: Rule
    count: int
    months: int | None = None


@dataclass(frozen=True)
class LeftWhy:
    """``suitable`` may be partners and have one already; ``unknown`` are facts that a rule asks for and nobody said."""

    suitable: int
    others: int
    freeing: tuple[Freeing, ...] = ()
    unknown: tuple[str, ...] = ()

    def written(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self)


def read_why(stored: dict[str, Any]) -> LeftWhy:
    """Return what was stored."""
    freeing = tuple(Freeing(Rule(one["rule"]), one["count"], one["months"]) for one in stored["freeing"])
    return LeftWhy(stored["suitable"], stored["others"], freeing, tuple(stored["unknown"]))
