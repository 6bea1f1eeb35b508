"""Who is to be paired, as far as pairing goes: a few facts, no name, no record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

_WORD = 2**64 - 1


class Shape(StrEnum):
    """What a round makes: pairs across two sides, one to several where there are more on one side, pairs of one
    pool (an odd one makes three), or groups."""

    ONE_TO_ONE = "one_to_one"
    ONE_TO_MANY = "one_to_many"
    POOL = "pool"
    GROUPS = "groups"

    @property
    def has_sides(self) -> bool:
        """Whether partners always come from two sides."""
        return self in {Shape.ONE_TO_ONE, Shape.ONE_TO_MANY}


@dataclass(frozen=True)
class Youth:
    """One who takes part: ``side`` 0 or 1, ``grade`` 1 to 12; None and "" where nobody has said.

    ``wishes`` and ``former`` are the ids of whom they asked for, and of who was their partner before.
    """

    id: int
    side: int = 0
    born_on: date | None = None
    grade: int | None = None
    gender: str = ""
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    wishes: frozenset[int] = frozenset()
    former: frozenset[int] = frozenset()

    @property
    def month(self) -> int | None:
        """The month of birth, counted from the year 0: ages are compared in whole months."""
        return self.born_on.year * 12 + self.born_on.month if self.born_on else None


def lot_of(seed: str, youth_id: int) -> int:
    """Return somebody's lot, 64 bits of SHA-256(seed:id): what stands equal goes by lot, alike on every machine."""
    return int.from_bytes(sha256(f"{seed}:{youth_id}".encode()).digest()[:8], "big")


def lot_of_two(one: int, other: int) -> int:
    """Return the lot of two by their lots, in either order: the mixing of SplitMix64, in whole numbers."""
    mixed = (one + other) & _WORD
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
    return mixed ^ (mixed >> 31)
