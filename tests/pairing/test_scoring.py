"""Points: whole numbers that add up, the same for one pair and for many at once."""

from random import Random

import numpy as np
import pytest

from app.pairing.scoring import WHOLE, Part, Weights, points, scored
from app.pairing.solving.crowd import Crowd
from app.pairing.solving.tables import FORBIDDEN, broken_rules, points_of
from app.pairing.youths import Shape, Youth
from tests.pairing import drawn


def test_the_parts_of_any_weights_make_a_whole() -> None:
    for case in range(200):
        lots = Random(case)
        shares = Weights(*(lots.randrange(11) for _ in Part)).shares()
        assert sum(shares.values()) == WHOLE


def test_nothing_that_counts_leaves_it_to_chance() -> None:
    assert Weights().shares()[Part.CHANCE] == WHOLE


@pytest.mark.parametrize("case", range(12))
def test_many_at_once_get_the_same_points_and_rules_as_two_alone(case: int) -> None:
    lots = Random(case)
    youths = drawn.youths(40, lots)
    words = [f"word {number}" for number in range(70)]  # more than there are bits in a number
    youths += [Youth(100 + number, number % 2, interests=frozenset(lots.sample(words, 30))) for number in range(10)]
    plan = drawn.plan(Shape.POOL, lots, [one.id for one in youths])
    (crowd,) = Crowd.parted([youths], plan)
    table = points_of(crowd, slice(0, len(youths)), crowd)
    masks = broken_rules(crowd, slice(0, len(youths)), crowd)
    shares = plan.weights.shares()
    for row, one in enumerate(youths):
        for column, other in enumerate(youths):
            if row == column:
                continue
            broken = plan.rules.broken_by(one, other)
            assert {rule for rule, mask in masks.items() if mask[row, column]} == set(broken)
            assert table[row, column] == (FORBIDDEN if broken else points(one, other, shares, plan.seed))
    assert table.dtype == np.int16


def test_what_two_share_is_told_by_part() -> None:
    one = Youth(1, 0, grade=5, interests=frozenset({"画画", "篮球"}))
    other = Youth(2, 1, grade=6, interests=frozenset({"画画"}))
    shares = Weights(interests=1, grade=1).shares()
    told = {part.part: (part.points, part.of) for part in scored(one, other, shares, "1")}
    assert told == {Part.INTERESTS: (300, 500), Part.GRADE: (300, 500)}
