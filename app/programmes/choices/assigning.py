"""Who gets which place, by ranks, scores and lots: deferred acceptance (Gale and Shapley 1962), youths proposing.

Each asks for the first choice; a side keeps the best it can take so far and sends the others on to their next one,
until nobody has anything left to ask for. So nobody loses a place to somebody who scored less there and is better off
by it, and nobody gains by ranking otherwise than they wish (Dubins and Freedman 1981; Roth 1982). The result does not
depend on the order of asking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Wish:
    """One application in a round: whose, for which side, as which choice, with how many points (0 without readers)."""

    application: int
    person: int
    side: int
    rank: int
    points: int = 0


def assign(wishes: Sequence[Wish], places: Mapping[int, int], seed: str) -> dict[int, Wish]:
    """Return the place of each person who gets one, by person; ``places`` are the free ones by side."""
    asking = _by_person(wishes)
    kept: dict[int, list[Wish]] = {}
    waiting = sorted(asking, reverse=True)
    while waiting:
        person = waiting.pop()
        if not asking[person]:
            continue
        wish = asking[person].pop(0)
        held = sorted([*kept.get(wish.side, []), wish], key=lambda one: _merit(one, seed))
        most = places.get(wish.side, 0)
        kept[wish.side], sent_on = held[:most], held[most:]
        waiting += [one.person for one in sent_on]
    return {one.person: one for held in kept.values() for one in held}


def by_merit(wishes: Sequence[Wish], seed: str) -> list[Wish]:
    """Return wishes for one side, the best first: more points, then the lot."""
    return sorted(wishes, key=lambda one: _merit(one, seed))


def lot(seed: str, person: int) -> bytes:
    """Return what decides where points are equal: SHA-256(seed:person), alike on every machine."""
    return sha256(f"{seed}:{person}".encode()).digest()


def _merit(wish: Wish, seed: str) -> tuple[int, bytes]:
    return -wish.points, lot(seed, wish.person)


def _by_person(wishes: Sequence[Wish]) -> dict[int, list[Wish]]:
    found: dict[int, list[Wish]] = {}
    for wish in sorted(wishes, key=lambda one: (one.person, one.rank, one.application)):
        found.setdefault(wish.person, []).append(wish)
    return found
