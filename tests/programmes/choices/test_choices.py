"""Families rank what they applied for; one decision fills all programmes of a round."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.models import Person
from app.programmes.applications import applying
from app.programmes.choices import operations, queries
from app.programmes.choices.problems import (
    AssignmentChanged,
    ChoicesClosed,
    InAnotherRound,
    SameChoiceTwice,
    StillOpen,
    TwoProgrammes,
)
from app.programmes.models import Application, ApplicationState, ChoiceRound, Programme
from tests.exchanges import a_programme, first_side, fresh
from tests.factories import Factory

S = ApplicationState
LATER = timedelta(days=4)


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """A host."""
    return make.organisation()


@pytest.fixture
def camps(make: Factory, host: Organisation) -> list[Programme]:
    """Two programmes with one place each."""
    return [a_programme(make, host, places=1, title=title) for title in ("草原营", "海边营")]


def opened(make: Factory, host: Organisation, camps: list[Programme]) -> ChoiceRound:
    """Open a round for three days."""
    until, by = now() + timedelta(days=3), make.user().id
    return make.do(operations.open_round, host.id, "夏令营", [one.id for one in camps], until, by=by, at=now())


def applies(make: Factory, person: Person, *camps: Programme) -> list[Application]:
    """Let somebody be entered for programmes."""
    by = make.user().id
    return [make.do(applying.enter, first_side(make, one).id, person.id, by=by, at=now()) for one in camps]


def mark(one: ChoiceRound) -> str:
    """Return the mark of the preview as it is now."""
    db.session.expire_all()
    preview = queries.preview_of(db.session.get_one(ChoiceRound, one.id))
    return operations.mark_of(preview.placed, preview.wishes)


def decide(make: Factory, one: ChoiceRound, its_mark: str | None = None, later: timedelta = LATER) -> None:
    """Decide a round after its end."""
    make.do(operations.decide, one.id, its_mark or mark(one), by=make.user().id, at=now() + later)


def test_ranks_are_honoured_within_the_places(make: Factory, host: Organisation, camps: list[Programme]) -> None:
    one = opened(make, host, camps)
    both, alone = make.person(age=15), make.person(age=15)
    first, second = applies(make, both, *camps)
    (only,) = applies(make, alone, camps[0])
    make.do(operations.rank, one.id, both.id, [second.id, first.id], at=now())
    decide(make, one)
    assert [fresh(each).state for each in (first, second, only)] == [S.REFUSED, S.ACCEPTED, S.ACCEPTED]
    assert "海边营" in fresh(first).reason_words
    decide(make, one, "twice")  # nothing more
    assert fresh(only).state is S.ACCEPTED


def test_whoever_gets_none_stands_in_reserve_everywhere(
    make: Factory, host: Organisation, camps: list[Programme]
) -> None:
    one = opened(make, host, camps)
    people = [make.person(age=15) for _one in range(3)]
    rows = [applies(make, person, *camps) for person in people]
    for person, own in zip(people, rows, strict=True):
        make.do(operations.rank, one.id, person.id, [each.id for each in own], at=now())
    decide(make, one)
    states = sorted(tuple(str(fresh(each).state) for each in own) for own in rows)
    assert states == [("accepted", "refused"), ("refused", "accepted"), ("reserve", "reserve")]


def test_nothing_is_decided_while_families_choose_or_after_something_changed(
    make: Factory, host: Organisation, camps: list[Programme]
) -> None:
    one = opened(make, host, camps)
    applies(make, make.person(age=15), *camps)
    seen = mark(one)
    with pytest.raises(StillOpen):
        decide(make, one, seen, timedelta())
    applies(make, make.person(age=15), camps[0])
    with pytest.raises(AssignmentChanged):
        decide(make, one, seen)
    assert queries.preview_of(db.session.get_one(ChoiceRound, one.id)).placed


def test_the_latest_word_holds_until_choosing_ends(make: Factory, host: Organisation, camps: list[Programme]) -> None:
    one, person = opened(make, host, camps), make.person(age=15)
    first, second = applies(make, person, *camps)
    make.do(operations.rank, one.id, person.id, [first.id, second.id], at=now())
    make.do(operations.rank, one.id, person.id, [second.id], at=now())
    assert queries.ranks_of(one) == {second.id: 1}
    with pytest.raises(SameChoiceTwice):
        make.do(operations.rank, one.id, person.id, [first.id, first.id], at=now())
    with pytest.raises(ChoicesClosed):
        make.do(operations.rank, one.id, person.id, [first.id], at=now() + LATER)


def test_nobody_ranks_what_somebody_else_applied_for(make: Factory, host: Organisation, camps: list[Programme]) -> None:
    one, person = opened(make, host, camps), make.person(age=15)
    (mine,) = applies(make, person, camps[0])
    (theirs,) = applies(make, make.person(age=15), camps[1])
    make.do(operations.rank, one.id, person.id, [theirs.id, mine.id], at=now())
    assert queries.ranks_of(one) == {mine.id: 1}


def test_a_round_needs_two_programmes_that_are_in_no_other(
    make: Factory, host: Organisation, camps: list[Programme]
) -> None:
    with pytest.raises(TwoProgrammes):
        opened(make, host, camps[:1])
    with pytest.raises(TwoProgrammes):
        opened(make, make.organisation(), camps)
    one = opened(make, host, camps)
    with pytest.raises(InAnotherRound):
        opened(make, host, [*camps, a_programme(make, host)])
    for _twice in range(2):
        make.do(operations.drop_round, one.id, by=make.user().id, at=now())
    assert opened(make, host, camps).id
