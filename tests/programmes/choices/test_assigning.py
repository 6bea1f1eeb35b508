"""The assignment is stable, gives as many first choices as that allows, and does not depend on the order of asking."""

from itertools import permutations
from random import Random

from app.programmes.choices.assigning import Wish, assign, lot


def drawn(random: Random, people: int, sides: int) -> tuple[list[Wish], dict[int, int]]:
    """Draw some wishes and places by lot."""
    wishes = []
    for person in range(1, people + 1):
        chosen = random.sample(range(1, sides + 1), random.randint(1, min(3, sides)))
        for rank, side in enumerate(chosen, start=1):
            wishes.append(Wish(len(wishes) + 1, person, side, rank, random.choice((0, 500, 500, 900))))
    return wishes, {side: random.randint(0, 3) for side in range(1, sides + 1)}


def envies(wish: Wish, placed: dict[int, Wish], places: dict[int, int], seed: str) -> bool:
    """Return whether somebody would rather have a place that is free, or that somebody has with less merit."""
    got = placed.get(wish.person)
    if got and got.rank <= wish.rank:
        return False
    held = [one for one in placed.values() if one.side == wish.side]
    merit = (-wish.points, lot(seed, wish.person))
    worse = any((-one.points, lot(seed, one.person)) > merit for one in held)
    return worse or len(held) < places[wish.side]


def test_nobody_would_rather_have_a_place_they_deserve_more() -> None:
    random = Random(7)
    for _round in range(200):
        wishes, places = drawn(random, random.randint(1, 9), random.randint(1, 4))
        placed = assign(wishes, places, "s")
        for side, most in places.items():
            assert sum(one.side == side for one in placed.values()) <= most
        assert [wish for wish in wishes if envies(wish, placed, places, "s")] == []


def test_the_order_in_which_wishes_stand_changes_nothing() -> None:
    wishes, places = drawn(Random(3), 4, 2)
    results = {tuple(sorted(assign(order, places, "s").items())) for order in permutations(wishes[:6])}
    assert len({str(one) for one in results}) == 1


def test_no_other_stable_assignment_is_better_for_anybody() -> None:
    """Compared with every assignment there is, of small rounds."""
    random = Random(11)
    for _round in range(60):
        wishes, places = drawn(random, random.randint(1, 4), random.randint(1, 3))
        placed = assign(wishes, places, "s")
        for other in _every(wishes, places):
            if any(envies(wish, other, places, "s") for wish in wishes):
                continue
            for person, got in other.items():
                assert person in placed
                assert placed[person].rank <= got.rank


def test_whoever_lies_about_the_order_gains_nothing() -> None:
    random = Random(5)
    for _round in range(100):
        wishes, places = drawn(random, 5, 3)
        person = random.randint(1, 5)
        mine = sorted((one for one in wishes if one.person == person), key=lambda one: one.rank)
        honest = assign(wishes, places, "s").get(person)
        truth = {one.side: one.rank for one in mine}
        for order in permutations(mine):
            lied = [Wish(one.application, one.person, one.side, rank, one.points) for rank, one in enumerate(order, 1)]
            got = assign([one for one in wishes if one.person != person] + lied, places, "s").get(person)
            if got:
                assert honest
                assert truth[honest.side] <= truth[got.side]


def test_the_lot_is_known_beforehand() -> None:
    wishes = [Wish(1, 1, 1, 1), Wish(2, 2, 1, 1)]
    winner = min((1, 2), key=lambda person: lot("清溪", person))
    assert set(assign(wishes, {1: 1}, "清溪")) == {winner}


def _every(wishes: list[Wish], places: dict[int, int]) -> list[dict[int, Wish]]:
    found: list[dict[int, Wish]] = [{}]
    for person in sorted({one.person for one in wishes}):
        own = [one for one in wishes if one.person == person]
        found += [{**one, person: wish} for one in found for wish in own]
    return [one for one in found if all(sum(w.side == s for w in one.values()) <= most for s, most in places.items())]
