"""Pairing: the same for whoever pairs again; what is locked stays; shapes."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from app.pairing.matching import pair
from app.pairing.plans import PRESETS, Fairness, Plan, Preset
from app.pairing.rules import Rules
from app.pairing.scoring import Weights
from app.pairing.youths import Shape, Youth
from tests.pairing import drawn

BY_INTERESTS = PRESETS[Preset.INTERESTS]
SHAPES = pytest.mark.parametrize("shape", list(Shape))


@SHAPES
def test_the_same_seed_gives_the_same_pairs_in_whatever_order_people_come(shape: Shape) -> None:
    youths = drawn.youths(41, Random(1), has_sides=shape.has_sides)
    plan = Plan(shape, PRESETS[Preset.CHANCE], seed="2026")
    shuffled = list(youths)
    Random(2).shuffle(shuffled)
    assert pair(youths, plan) == pair(shuffled, plan)
    assert pair(youths, plan).groups != pair(youths, replace(plan, seed="2027")).groups


def test_the_pairs_are_those_that_were_found_on_another_machine() -> None:
    youths = drawn.youths(12, Random(3))
    assert pair(youths, Plan(Shape.ONE_TO_ONE, BY_INTERESTS, seed="a")).groups == KNOWN


@SHAPES
def test_with_everything_locked_nothing_changes(shape: Shape) -> None:
    youths = drawn.youths(30, Random(4), has_sides=shape.has_sides)
    first = pair(youths, Plan(shape, BY_INTERESTS))
    again = pair(youths, Plan(shape, PRESETS[Preset.CHANCE], seed="other", locked=first.groups))
    assert again.groups == first.groups


@SHAPES
def test_one_more_youth_in_a_locked_round_moves_nobody(shape: Shape) -> None:
    youths = drawn.youths(20, Random(5), has_sides=shape.has_sides)
    first = pair(youths, Plan(shape, BY_INTERESTS))
    late = Youth(id=99, born_on=date(2012, 1, 1))
    again = pair([*youths, late], Plan(shape, BY_INTERESTS, locked=first.groups))
    assert set(first.groups) <= set(again.groups)
    assert {one for group in again.groups for one in group} - {99} >= {one for group in first.groups for one in group}


def test_only_what_is_not_locked_is_paired_anew() -> None:
    youths = drawn.youths(40, Random(6))
    kept = pair(youths, Plan(Shape.ONE_TO_ONE, BY_INTERESTS)).groups[:5]
    again = pair(youths, Plan(Shape.ONE_TO_ONE, PRESETS[Preset.CHANCE], seed="b", locked=kept))
    assert set(kept) < set(again.groups)


def test_the_same_interests_make_a_pair() -> None:
    ours = [Youth(1, 0, interests=frozenset({"篮球"})), Youth(2, 0, interests=frozenset({"画画"}))]
    theirs = [Youth(3, 1, interests=frozenset({"画画"})), Youth(4, 1, interests=frozenset({"篮球"}))]
    assert pair([*ours, *theirs], Plan(Shape.ONE_TO_ONE, BY_INTERESTS)).groups == ((1, 4), (2, 3))


def test_a_pair_more_counts_for_more_than_any_points() -> None:
    only = Rules(apart=frozenset({(2, 4)}))
    ours = [Youth(1, 0, interests=frozenset("ab")), Youth(2, 0)]
    theirs = [Youth(3, 1, interests=frozenset("ab")), Youth(4, 1, interests=frozenset("c"))]
    assert pair([*ours, *theirs], Plan(Shape.ONE_TO_ONE, BY_INTERESTS, only)).groups == ((1, 4), (2, 3))


@pytest.mark.parametrize("shape", [Shape.ONE_TO_ONE, Shape.POOL])
def test_worst_first_lifts_the_pair_that_suits_least(shape: Shape) -> None:
    lifted = 0
    for case in range(20):
        youths = drawn.youths(24, Random(case), has_sides=shape.has_sides)
        plan = Plan(shape, BY_INTERESTS)
        by_sum, by_worst = pair(youths, plan), pair(youths, replace(plan, fairness=Fairness.WORST_FIRST))
        assert len(by_worst.groups) == len(by_sum.groups)
        assert (by_worst.worst or 0) >= (by_sum.worst or 0)
        assert by_worst.total <= by_sum.total
        lifted += (by_worst.worst or 0) > (by_sum.worst or 0)
    assert lifted > 5


def test_where_one_side_has_more_each_of_the_other_gets_as_many_as_any() -> None:
    youths = [Youth(number, int(number > 4)) for number in range(1, 16)]  # 4 and 11
    outcome = pair(youths, Plan(Shape.ONE_TO_MANY, BY_INTERESTS))
    assert sorted(len(group) - 1 for group in outcome.groups) == [2, 3, 3, 3]
    assert not outcome.left


def test_one_to_one_says_who_is_left() -> None:
    youths = [Youth(number, int(number > 4)) for number in range(1, 16)]
    outcome = pair(youths, Plan(Shape.ONE_TO_ONE, BY_INTERESTS))
    assert len(outcome.groups) == 4
    assert len(outcome.left) == 7


def test_an_odd_one_makes_a_trio() -> None:
    youths = drawn.youths(9, Random(8), has_sides=False)
    outcome = pair(youths, Plan(Shape.POOL, BY_INTERESTS))
    assert sorted(map(len, outcome.groups)) == [2, 2, 2, 3]


def test_an_odd_one_whom_a_rule_keeps_from_everybody_stays_alone() -> None:
    apart = Rules(apart=frozenset({(1, 3), (2, 3)}))
    outcome = pair([Youth(1), Youth(2), Youth(3)], Plan(Shape.POOL, BY_INTERESTS, apart))
    assert (outcome.groups, outcome.left) == (((1, 2),), (3,))


@SHAPES
def test_who_belongs_together_is_together(shape: Shape) -> None:
    youths = drawn.youths(23, Random(9), has_sides=shape.has_sides)
    ids = [next(one.id for one in youths if one.side == side) for side in ((0, 1) if shape.has_sides else (0, 0))]
    both = (ids[0], ids[1] if shape.has_sides else youths[-1].id)
    together = Rules(together=frozenset({(min(both), max(both))}))
    outcome = pair(youths, Plan(shape, Weights(grade=1), together))
    assert any(set(both) <= set(group) for group in outcome.groups)


def test_groups_differ_by_one_person_at_most() -> None:
    youths = drawn.youths(50, Random(10), has_sides=False)
    outcome = pair(youths, Plan(Shape.GROUPS, BY_INTERESTS, group_size=4))
    assert {len(group) for group in outcome.groups} <= {3, 4, 5}
    assert not outcome.left


@SHAPES
def test_nobody_at_all_is_no_trouble(shape: Shape) -> None:
    assert pair([], Plan(shape, BY_INTERESTS)).groups == ()
    assert pair([Youth(1)], Plan(shape, BY_INTERESTS)).left == (1,)


KNOWN = ((1, 9), (2, 10), (3, 8), (4, 6), (11, 12))
