"""How many pairs the page of a round says there are, once some of them are over."""

import re

import pytest

from app.core.clock import local_day, now
from app.core.db import db
from app.pairing.ending import operations
from app.pairing.ending.operations import Why
from app.pairing.models import Pair, PairingRound
from app.pairing.queries import Standing, standing_of
from tests.accepting_rows import pair_of, published, say_yes
from tests.factories import Factory
from tests.pairing_rows import a_round, paired
from tests.signing_in import Personas


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A published round of the staff's own host with two pairs that have come about."""
    people = [make.person(age=19, name=name) for name in ("王小芳", "韩梅梅", "李大雷", "赵小敏")]
    one = published(make, personas.host, people[:2], people[2:])
    for person in people:
        say_yes(make, one, person, by=make.user().id)
    make.do(lambda: setattr(pair_of(one, people[0]), "points", 900))
    make.do(lambda: setattr(pair_of(one, people[2]), "points", 500))
    return one


def part(make: Factory, made: PairingRound, number: int = 1) -> None:
    """Part a pair early."""
    pair_id = make.do(lambda: db.session.query(Pair).filter_by(round_id=made.id, number=number).one().id)
    make.do(operations.end_early, pair_id, Why(local_day(now()), "搬家了"), by=make.user().id, at=now())


def standing(personas: Personas, made: PairingRound) -> Standing:
    """Return how far the round is."""
    with personas.app.app_context():
        return standing_of(made)


def page(personas: Personas, made: PairingRound, end: str = "") -> str:
    """Return the round's page, or another one of it, in English."""
    personas.staff.set_cookie("language", "en")
    return personas.staff.get(f"/desk/pairing/{made.id}{end}").text


def cards(text: str) -> list[str]:
    """Return what a page says of each pair."""
    return [part.partition("</li>")[0] for part in text.split('<li class="card pairing"')[1:]]


def status(words: str) -> str:
    """Return how a page marks a state."""
    return f">{words}</span>"


def stats(personas: Personas, made: PairingRound) -> dict[str, str]:
    """Return what the page of the round counts, by what it calls it."""
    return dict(re.findall(r'stat__label">([^<]+)</dt><dd class="stat__value">([^<]+)<', page(personas, made)))


def test_a_parted_pair_is_no_pair_any_more_and_is_said_apart(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    assert "Parted early" not in stats(personas, made)
    part(make, made)
    assert stats(personas, made).items() >= {"Pairs": "1", "Parted early": "1", "Without a partner": "2"}.items()


def test_how_well_pairs_suit_is_said_of_those_that_were_not_parted(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    before = standing(personas, made)
    assert (before.pairs, before.parted, before.mean, before.worst) == (2, 0, 70, 50)
    part(make, made, number=2)
    after = standing(personas, made)
    assert (after.pairs, after.parted, after.mean, after.worst) == (1, 1, 90, 90)


def test_pairs_whose_time_is_over_were_pairs_and_count_on(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    part(make, made)
    make.do(operations.end_round, made.id, Why(local_day(now())), by=make.user().id, at=now())
    assert (standing(personas, made).pairs, standing(personas, made).parted) == (1, 1)


def test_wherever_a_parted_pair_is_shown_it_says_so(personas: Personas, made: PairingRound, make: Factory) -> None:
    part(make, made)
    make.do(operations.end_round, made.id, Why(local_day(now())), by=make.user().id, at=now())
    ids = make.do(lambda: [one.id for one in db.session.query(Pair).filter_by(round_id=made.id).order_by(Pair.number)])
    for parted, in_time in (
        cards(page(personas, made)),
        cards(page(personas, made, "/acceptance?state=ended")),
        [personas.staff.get(f"/desk/pairing/pairs/{one}").text for one in ids],
    ):
        assert (status("Parted early") in parted, status("Ended") in parted) == (True, False)
        assert (status("Parted early") in in_time, status("Ended") in in_time) == (False, True)


def test_once_all_are_parted_somebody_can_still_be_looked_for(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    for number in (1, 2):
        part(make, made, number)
    assert stats(personas, made).items() >= {"Pairs": "0", "Parted early": "2"}.items()
    text = page(personas, made)
    assert 'role="search"' in text
    assert 'id="left-title"' in text


def test_before_it_is_published_nothing_is_parted(personas: Personas, make: Factory) -> None:
    by = make.member(personas.host).id
    one = a_round(make, personas.host, by)
    paired(make, one, by)
    now_it_is = standing(personas, one)
    assert (now_it_is.pairs, now_it_is.parted, now_it_is.left) == (4, 0, 0)
