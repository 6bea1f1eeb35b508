"""What marks come to, and what two or three readers together mean. Whole numbers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

HIGHEST = 10  # the best mark
WHOLE = 1000  # tenths of 100 points


class Stage(StrEnum):
    """How far the reading of an application is."""

    OPEN = "open"  # one of the two has not scored yet
    THIRD = "third"  # they are too far apart: a third word is needed
    DONE = "done"


@dataclass(frozen=True)
class Result:
    """What readers came to: tenths of 100 points, None while it is not known."""

    stage: Stage
    total: int | None = None


def total_of(marks: Mapping[int, int], weights: Mapping[int, int]) -> int:
    """Return the weighted mean of marks from 0 to `HIGHEST`, in tenths of 100 points, rounded half up."""
    given = sum(marks[one] * weight for one, weight in weights.items())
    most = HIGHEST * sum(weights.values())
    return (given * WHOLE * 2 + most) // (most * 2)


def result_of(first: int | None, second: int | None, third: int | None, tolerance: int) -> Result:
    """Return what readers came to: the mean of two, or where they are more than ``tolerance`` points apart the middle
    one of three, so that nobody outvotes the others by an extreme."""
    if first is None or second is None:
        return Result(Stage.OPEN)
    if abs(first - second) <= tolerance * (WHOLE // 100):
        return Result(Stage.DONE, (first + second + 1) // 2)
    if third is None:
        return Result(Stage.THIRD)
    return Result(Stage.DONE, _middle([first, second, third]))


def _middle(totals: Sequence[int]) -> int:
    return sorted(totals)[len(totals) // 2]
