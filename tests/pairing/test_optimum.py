"""The total is that of an optimum found in another way, on 200 cases drawn by lot."""

from random import Random

import pytest

from app.pairing.matching import pair
from app.pairing.youths import Shape
from tests.pairing import drawn
from tests.pairing.optima import by_programme, by_taking_the_best_first, by_trying, edges_of

CASES = 200


@pytest.mark.parametrize("part", range(4))
def test_no_other_pairing_has_more_pairs_or_more_points(part: int) -> None:
    ours, greedy = 0, 0
    for case in range(part, CASES, 4):
        lots = Random(case)
        shape = Shape.ONE_TO_ONE if case % 8 < 4 else Shape.POOL
        count = 2 * lots.randrange(1, 5) if case % 3 else 2 * lots.randrange(5, 31)
        youths = drawn.youths(count, lots, has_sides=shape.has_sides)
        plan = drawn.plan(shape, lots, [one.id for one in youths])
        edges = edges_of(youths, plan)

        outcome = pair(youths, plan)

        best = by_trying(edges) if count <= 8 else by_programme(count, edges)
        assert (len(outcome.groups), outcome.total) == best, case
        first = by_taking_the_best_first(edges)
        assert first <= best
        ours, greedy = ours + outcome.total, greedy + first[1]
    print(f"optimum {ours}, best first {greedy}: {greedy / ours:.1%}")


def test_what_is_best_for_all_is_not_the_best_for_each() -> None:
    lots = Random(7)
    youths = drawn.youths(60, lots)
    plan = drawn.plan(Shape.ONE_TO_ONE, lots, [one.id for one in youths])
    assert by_taking_the_best_first(edges_of(youths, plan)) < (len(pair(youths, plan).groups), pair(youths, plan).total)
