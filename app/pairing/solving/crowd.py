"""Youths as columns of whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.pairing.plans import Plan
from app.pairing.youths import Youth, lot_of

UNKNOWN = -(2**20)  # further from any month or grade than any two are from each other
_BITS = 64


@dataclass(frozen=True)
class Words:
    """The numbers of words that somebody in a round has said."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, said: Sequence[frozenset[str]]) -> "Words":
        """Number all words, in an order that does not depend on who said them first."""
        return cls({word: place for place, word in enumerate(sorted(set().union(*said)))})

    def bits(self, said: Sequence[frozenset[str]]) -> npt.NDArray[np.uint64]:
        """Return who said what, a bit a word: people × as many whole numbers as are needed."""
        bits = np.zeros((len(said), len(self.places) // _BITS + 1), dtype=np.uint64)
        for row, words in enumerate(said):
            for word in words:
                column, bit = divmod(self.places[word], _BITS)
                bits[row, column] |= np.uint64(1 << bit)
        return bits


@dataclass(frozen=True)
class Crowd:
    """Some youths as columns."""

    youths: Sequence[Youth]
    plan: Plan
    interests: npt.NDArray[np.uint64]
    languages: npt.NDArray[np.uint64]
    named: Mapping[int, frozenset[int]]  # whom somebody wished for or had before, and who wished for them

    @classmethod
    def parted(cls, sides: Sequence[Sequence[Youth]], plan: Plan) -> "list[Crowd]":
        """Return several crowds whose words have the same numbers."""
        everybody = [one for side in sides for one in side]
        interests = Words.of([one.interests for one in everybody])
        languages = Words.of([one.languages for one in everybody])
        named = _named(everybody)
        return [
            cls(
                youths=side,
                plan=plan,
                interests=interests.bits([one.interests for one in side]),
                languages=languages.bits([one.languages for one in side]),
                named=named,
            )
            for side in sides
        ]

    @cached_property
    def places(self) -> dict[int, int]:
        """Where whom is."""
        return {one.id: place for place, one in enumerate(self.youths)}

    @cached_property
    def months(self) -> npt.NDArray[np.int32]:
        """Months of birth."""
        return np.array([UNKNOWN if one.month is None else one.month for one in self.youths], dtype=np.int32)

    @cached_property
    def grades(self) -> npt.NDArray[np.int32]:
        """Grades at school."""
        return np.array([UNKNOWN if one.grade is None else one.grade for one in self.youths], dtype=np.int32)

    @cached_property
    def genders(self) -> npt.NDArray[np.int8]:
        """Genders as numbers; 0 where nobody has said."""
        return np.array([{"": 0, "female": 1, "male": 2}[one.gender] for one in self.youths], dtype=np.int8)

    @cached_property
    def sides(self) -> npt.NDArray[np.int8]:
        """Of which side."""
        return np.array([one.side for one in self.youths], dtype=np.int8)

    @cached_property
    def lots(self) -> npt.NDArray[np.uint64]:
        """Everybody's lot."""
        return np.array([lot_of(self.plan.seed, one.id) for one in self.youths], dtype=np.uint64)


def _named(everybody: Sequence[Youth]) -> dict[int, frozenset[int]]:
    named: dict[int, set[int]] = {}
    for one in everybody:
        for other_id in one.wishes | one.former:
            named.setdefault(one.id, set()).add(other_id)
            named.setdefault(other_id, set()).add(one.id)
    return {youth_id: frozenset(others) for youth_id, others in named.items()}
