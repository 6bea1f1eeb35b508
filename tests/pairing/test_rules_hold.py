"""No pair breaks a hard rule, in 10,000 rounds drawn by lot."""

from random import Random

import pytest

from app.pairing.matching import pair
from app.pairing.plans import Fairness, Outcome, Plan
from app.pairing.scoring import links, points
from app.pairing.solving.groups import group_sizes
from app.pairing.youths import Shape, Youth
from tests.pairing import drawn

ROUNDS = 10_000
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pair_breaks_a_rule(part: int) -> None:
    for number in range(part, ROUNDS, PARTS):
        lots = Random(number)
        shape = lots.choice(list(Shape))
        youths = drawn.youths(lots.randrange(1, 13), lots, has_sides=shape.has_sides)
        plan = _plan(shape, lots, youths)
        _check(youths, plan, pair(youths, plan), number)


def _plan(shape: Shape, lots: Random, youths: list[Youth]) -> Plan:
    ids = [one.id for one in youths]
    return drawn.plan(shape, lots, ids * 2, lots.choice(list(Fairness)))


def _check(youths: list[Youth], plan: Plan, outcome: Outcome, number: int) -> None:
    known = {one.id: one for one in youths}
    everybody = [one for group in outcome.groups for one in group] + list(outcome.left)
    assert sorted(everybody) == sorted(known), number  # each once, nobody lost
    shares, total = plan.weights.shares(), 0
    for group in outcome.groups:
        _check_size(group, plan, len(youths))
        for one, other in links([known[member] for member in group], plan.shape):
            assert not plan.rules.broken_by(one, other), number
            total += points(one, other, shares, plan.seed)
    assert outcome.total == total, number


def _check_size(group: tuple[int, ...], plan: Plan, count: int) -> None:
    largest = {Shape.ONE_TO_ONE: 2, Shape.POOL: 3, Shape.GROUPS: max(group_sizes(count, plan.group_size))}
    assert 2 <= len(group) <= largest.get(plan.shape, count)
