"""Rounds drawn by lot: the same for whoever draws them again."""

from datetime import date
from random import Random

from app.pairing.plans import PRESETS, Fairness, Plan
from app.pairing.rules import Rules, two
from app.pairing.scoring import Weights
from app.pairing.youths import Shape, Youth

INTERESTS = ("篮球", "画画", "音乐", "编程", "书法", "足球", "舞蹈", "阅读", "航模", "摄影")
LANGUAGES = ("普通话", "蒙古语", "维吾尔语", "英语")


def youths(count: int, lots: Random, *, has_sides: bool = True, first_side: float = 0.5) -> list[Youth]:
    """Return so many youths with facts as they are met; of some nobody knows grade, birth date or gender."""
    return [_youth(number, count, lots, has_sides, first_side) for number in range(1, count + 1)]


def rules(lots: Random, ids: list[int]) -> Rules:
    """Return hard rules, some of them strict."""
    return Rules(
        months_apart=lots.choice([None, 6, 12, 24, 36]),
        same_gender=lots.random() < 0.3,
        common_language=lots.random() < 0.3,
        apart=frozenset(two(*lots.sample(ids, 2)) for _ in range(lots.randrange(3))),
    )


def plan(shape: Shape, lots: Random, ids: list[int], fairness: Fairness = Fairness.SUM) -> Plan:
    """Return a plan."""
    own = Weights(*(lots.randrange(10) for _ in range(7)))
    weights = lots.choice([*PRESETS.values(), own])
    return Plan(shape, weights, rules(lots, ids), fairness, seed=str(lots.randrange(1000)))


def _youth(number: int, count: int, lots: Random, has_sides: bool, first_side: float) -> Youth:
    others = [other for other in range(1, count + 1) if other != number]
    return Youth(
        id=number,
        side=int(lots.random() >= first_side) if has_sides else 0,
        born_on=date(2010 + lots.randrange(5), lots.randrange(1, 13), 1) if lots.random() < 0.95 else None,
        grade=lots.randrange(4, 10) if lots.random() < 0.9 else None,
        gender=lots.choice(["female", "male", "female", "male", ""]),
        languages=frozenset(lots.sample(LANGUAGES, lots.randrange(1, 3))),
        interests=frozenset(lots.sample(INTERESTS, lots.randrange(4))),
        wishes=frozenset(lots.sample(others, 1)) if others and lots.random() < 0.3 else frozenset(),
        former=frozenset(lots.sample(others, 1)) if others and lots.random() < 0.1 else frozenset(),
    )
