"""How well two would suit each other, in whole points: nothing is rounded differently on another machine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from app.pairing.youths import Shape, Youth, lot_of, lot_of_two

WHOLE = 1000  # points of two who suit in everything that counts


class Part(StrEnum):
    """What may count."""

    INTERESTS = "interests"
    GRADE = "grade"
    AGE = "age"
    LANGUAGES = "languages"
    WISHES = "wishes"
    CONTINUITY = "continuity"
    OTHER_SIDE = "other_side"
    CHANCE = "chance"


# Percent of a part's points by how many, how far apart, or whether; what lies beyond the end is as the last.
LEVELS: Mapping[Part, tuple[int, ...]] = MappingProxyType(
    {
        Part.INTERESTS: (0, 60, 85, 100),  # in common
        Part.GRADE: (100, 60, 25, 0),  # grades apart
        Part.AGE: tuple(100 - months * 100 // 36 for months in range(37)),  # months apart
        Part.LANGUAGES: (0, 100),  # in common
        Part.WISHES: (0, 60, 100),  # of two wishes
        Part.CONTINUITY: (0, 100),
        Part.OTHER_SIDE: (0, 100),
        Part.CHANCE: tuple(range(101)),
    }
)


@dataclass(frozen=True)
class Weights:
    """How much each part counts beside the others; 0 not at all."""

    interests: int = 0
    grade: int = 0
    age: int = 0
    languages: int = 0
    wishes: int = 0
    continuity: int = 0
    other_side: int = 0
    chance: int = 0

    def shares(self) -> dict[Part, int]:
        """Return the most points that each part can give, together `WHOLE`, by the method of largest remainders."""
        given = {Part(one.name): getattr(self, one.name) for one in fields(self)}
        total = sum(given.values())
        if not total:
            return {part: WHOLE if part is Part.CHANCE else 0 for part in given}
        shares = {part: weight * WHOLE // total for part, weight in given.items()}
        by_remainder = sorted(given, key=lambda part: (-(given[part] * WHOLE % total), list(Part).index(part)))
        for part in by_remainder[: WHOLE - sum(shares.values())]:
            shares[part] += 1
        return shares


@dataclass(frozen=True)
class Scored:
    """What one part gave, of how many points it could have given."""

    part: Part
    points: int
    of: int


def level_of(part: Part, one: Youth, other: Youth, seed: str) -> int:
    """Return where in `LEVELS` two stand."""
    last = len(LEVELS[part]) - 1
    apart = {Part.GRADE: (one.grade, other.grade), Part.AGE: (one.month, other.month)}
    if part in apart:
        mine, theirs = apart[part]
        return last if mine is None or theirs is None else min(abs(mine - theirs), last)
    if part is Part.CHANCE:
        return (lot_of_two(lot_of(seed, one.id), lot_of(seed, other.id)) >> 32) % 101
    counts = {
        Part.INTERESTS: len(one.interests & other.interests),
        Part.LANGUAGES: len(one.languages & other.languages),
        Part.WISHES: (other.id in one.wishes) + (one.id in other.wishes),
        Part.CONTINUITY: int(other.id in one.former or one.id in other.former),
        Part.OTHER_SIDE: int(one.side != other.side),
    }
    return min(counts[part], last)


def scored(one: Youth, other: Youth, shares: Mapping[Part, int], seed: str) -> tuple[Scored, ...]:
    """Return what each part that counts gave to two."""
    return tuple(
        Scored(part, of * LEVELS[part][level_of(part, one, other, seed)] // 100, of)
        for part, of in shares.items()
        if of
    )


def points(one: Youth, other: Youth, shares: Mapping[Part, int], seed: str) -> int:
    """Return the points of two, 0 to `WHOLE`."""
    return sum(part.points for part in scored(one, other, shares, seed))


def links(group: Iterable[Youth], shape: Shape) -> list[tuple[Youth, Youth]]:
    """Return who of a group is scored with whom: across the sides where there are sides, else everybody."""
    every = combinations(sorted(group, key=lambda youth: youth.id), 2)
    return [(one, other) for one, other in every if not shape.has_sides or one.side != other.side]
