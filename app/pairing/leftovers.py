"""Who is left without a partner: which rule prevents it, and what would free them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.pairing.plans import Outcome, Plan
from app.pairing.rules import Rule
from app.pairing.youths import Youth


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


def why_left(outcome: Outcome, youths: Sequence[Youth], plan: Plan) -> dict[int, LeftWhy]:
    """Return for everybody who is left, by id, why."""
    if not outcome.left:
        return {}
    from app.pairing.solving.obstacles import obstacles_of

    known = {one.id: one for one in youths}
    found = obstacles_of([known[one] for one in outcome.left], youths, plan)
    return {
        one: LeftWhy(suitable, others, freeing, _unknown(known[one], plan)) for one, suitable, others, freeing in found
    }


def _unknown(youth: Youth, plan: Plan) -> tuple[str, ...]:
    asked = {
        "born_on": plan.rules.months_apart is not None and youth.born_on is None,
        "gender": plan.rules.same_gender and not youth.gender,
        "languages": plan.rules.common_language and not youth.languages,
    }
    return tuple(name for name, is_missing in asked.items() if is_missing)
