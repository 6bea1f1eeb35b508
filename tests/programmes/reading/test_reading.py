"""Two readers score blind: neither sees the other's score first, and what somebody scored by stays."""

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.programmes.models import Programme, Reading
from app.programmes.reading import operations, queries
from app.programmes.reading.operations import ReadingWords
from app.programmes.reading.problems import (
    MarksMissing,
    NotOfTheHost,
    NotYourTurn,
    ReadingBegun,
    SameReader,
    ScoreFixed,
)
from app.programmes.reading.scoring import Stage
from tests.exchanges import a_programme, entered
from tests.factories import Factory
from tests.partner_rows import CRITERIA, a_reading, give

Three = tuple[int, int, int]


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A programme."""
    return a_programme(make, make.organisation())


@pytest.fixture
def readers(make: Factory, programme: Programme) -> Three:
    """Three of the host's staff."""
    first, second, third = (make.member(programme.host).id for _one in range(3))
    return first, second, third


def words(*readers: int, **changes: object) -> ReadingWords:
    """Return how a programme is read."""
    given = {"tolerance": 15, "shows_school": False, "criteria": CRITERIA} | changes
    return ReadingWords(readers[0], readers[1], readers[2] if len(readers) > 2 else None, **given)  # type: ignore[arg-type]


def fresh(programme: Programme) -> Reading:
    """Return how a programme is read, as it is now."""
    db.session.expire_all()
    found = queries.reading_of(programme.id)
    assert found
    return found


def test_readers_are_two_people_of_the_host(make: Factory, programme: Programme, readers: Three) -> None:
    by, stranger = make.user().id, make.member(make.organisation()).id
    for wrong, problem in (((readers[0], readers[0]), SameReader), ((readers[0], stranger), NotOfTheHost)):
        with pytest.raises(problem):
            make.do(operations.set_up, programme.id, words(*wrong), by=by, at=now())
    assert queries.reading_of(programme.id) is None


def test_neither_sees_anything_of_the_other_before_the_own_score(
    make: Factory, programme: Programme, readers: Three
) -> None:
    one = entered(make, programme, age=15)
    a_reading(make, programme.id, readers)
    give(make, one, readers[0], 8, 8)
    (hidden,) = queries.ranking(fresh(programme), readers[1])
    assert hidden.is_hidden
    assert hidden.totals == [None, None, None]
    (waits,) = queries.ranking(fresh(programme), readers[0])
    assert waits.totals == [None, None, None]  # not even the own one, before the other's is there
    give(make, one, readers[1], 7, 8)
    (both,) = queries.ranking(fresh(programme), readers[1])
    assert (both.result.stage, both.result.total, both.totals) == (Stage.DONE, 763, [800, 725, None])


def test_a_score_can_be_mended_until_the_other_is_there(make: Factory, programme: Programme, readers: Three) -> None:
    one = entered(make, programme, age=15)
    a_reading(make, programme.id, readers)
    give(make, one, readers[0], 1, 1)
    give(make, one, readers[0], 8, 8)
    give(make, one, readers[1], 8, 8)
    with pytest.raises(ScoreFixed):
        give(make, one, readers[0], 9, 9)


def test_the_third_is_asked_only_where_two_are_far_apart(make: Factory, programme: Programme, readers: Three) -> None:
    near, far = entered(make, programme, age=15), entered(make, programme, age=15)
    a_reading(make, programme.id, readers)
    for one, marks in ((near, (8, 8)), (far, (2, 2))):
        give(make, one, readers[0], 8, 8)
        give(make, one, readers[1], *marks)
    (asked,) = queries.to_read(fresh(programme), readers[2])
    assert asked.application.id == far.id
    with pytest.raises(NotYourTurn):
        give(make, near, readers[2], 5, 5)
    give(make, far, readers[2], 5, 5)
    assert queries.points_of(programme.id) == {near.id: 800, far.id: 500}


def test_strangers_and_half_a_form_score_nothing(make: Factory, programme: Programme, readers: Three) -> None:
    one = entered(make, programme, age=15)
    reading = a_reading(make, programme.id, readers[:2])
    with pytest.raises(NotYourTurn):
        give(make, one, readers[2], 5, 5)
    with pytest.raises(MarksMissing):
        make.do(operations.give, one.id, {reading.id: 5}, by=readers[0], at=now())
    with pytest.raises(MarksMissing):
        give(make, one, readers[0], 5, 11)


def test_once_somebody_has_scored_readers_and_criteria_stay(
    make: Factory, programme: Programme, readers: Three
) -> None:
    one, by = entered(make, programme, age=15), make.user().id
    a_reading(make, programme.id, readers[:2])
    give(make, one, readers[0], 5, 5)
    for wrong in (words(readers[0], readers[2]), words(*readers[:2], criteria=(("别的", 1),))):
        with pytest.raises(ReadingBegun):
            make.do(operations.set_up, programme.id, wrong, by=by, at=now())
    with pytest.raises(ReadingBegun):
        make.do(operations.switch_off, programme.id, by=by, at=now())
    make.do(operations.set_up, programme.id, words(*readers, tolerance=30), by=by, at=now())
    assert (fresh(programme).tolerance, fresh(programme).third_id) == (30, readers[2])


def test_switched_off_it_is_as_if_it_had_never_been(make: Factory, programme: Programme, readers: Three) -> None:
    a_reading(make, programme.id, readers)
    for _twice in range(2):
        make.do(operations.switch_off, programme.id, by=make.user().id, at=now())
    assert queries.reading_of(programme.id) is None
