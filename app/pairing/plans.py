"""What a round is to be made by, and what came of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.pairing.rules import Rules
from app.pairing.scoring import Weights
from app.pairing.youths import Shape


class Fairness(StrEnum):
    """What is best for all: the largest sum, or first that the pair that suits least suits as well as can be."""

    SUM = "sum"
    WORST_FIRST = "worst_first"


class Preset(StrEnum):
    """What most rounds go by."""

    INTERESTS = "interests"
    GRADE = "grade"
    CHANCE = "chance"
    OWN = "own"


PRESETS = {
    Preset.INTERESTS: Weights(interests=6, grade=2, age=1, languages=1, wishes=3),
    Preset.GRADE: Weights(grade=6, age=3, interests=1, wishes=3),
    Preset.CHANCE: Weights(chance=1),
}


@dataclass(frozen=True)
class Plan:
    """How a round is paired. ``locked`` are groups of ids that stay as they are; ``group_size`` is for groups alone."""

    shape: Shape
    weights: Weights
    rules: Rules = field(default_factory=Rules)
    fairness: Fairness = Fairness.SUM
    seed: str = "1"
    group_size: int = 4
    locked: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was found: groups of ids, each sorted, in the order of their first ids; who is left; the points of all
    links together, and of the link that suits least. ``is_optimal`` says whether no pairing has a larger total."""

    groups: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    total: int
    worst: int | None
    is_optimal: bool
