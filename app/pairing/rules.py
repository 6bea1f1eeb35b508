"""What may not be paired with what, whatever it would score."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.pairing.youths import Youth

Two = tuple[int, int]  # ids, the smaller first


class Rule(StrEnum):
    """Why two cannot be partners."""

    AGE_GAP = "age_gap"
    SAME_GENDER = "same_gender"
    COMMON_LANGUAGE = "common_language"
    OTHER_SIDE = "other_side"
    APART = "apart"


def two(one: int, other: int) -> Two:
    """Return two ids in the order in which rules name them."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Rules:
    """The hard rules of a round; ``months_apart`` is the largest age gap. What nobody has said satisfies no rule."""

    months_apart: int | None = None
    same_gender: bool = False
    common_language: bool = False
    other_side: bool = False
    apart: frozenset[Two] = frozenset()
    together: frozenset[Two] = frozenset()

    def broken_by(self, one: Youth, other: Youth) -> tuple[Rule, ...]:
        """Return the rules that keep two from being partners; none if they may."""
        checks = {
            Rule.AGE_GAP: self._are_too_far_apart(one, other),
            Rule.SAME_GENDER: self.same_gender and not (one.gender and one.gender == other.gender),
            Rule.COMMON_LANGUAGE: self.common_language and not one.languages & other.languages,
            Rule.OTHER_SIDE: self.other_side and one.side == other.side,
            Rule.APART: two(one.id, other.id) in self.apart,
        }
        return tuple(rule for rule, is_broken in checks.items() if is_broken)

    def allow(self, group: Iterable[Youth]) -> bool:
        """Return whether all of a group may be together."""
        members = list(group)
        return not any(self.broken_by(one, other) for at, one in enumerate(members) for other in members[:at])

    def _are_too_far_apart(self, one: Youth, other: Youth) -> bool:
        if self.months_apart is None:
            return False
        return one.month is None or other.month is None or abs(one.month - other.month) > self.months_apart
