"""Until when an offer is open. Moments are those of Shanghai."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import SHANGHAI, local
from app.core.db import db
from app.events.models import Slot
from app.events.registration import offer_times
from app.people.models import Enrolment
from tests.events.registration.parties import far_slot, together
from tests.factories import Factory

HOUR = timedelta(hours=1)
FAR = datetime(2026, 6, 30, 9, tzinfo=SHANGHAI)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001 - as Hypothesis wants them


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in June 2026, whose first is a Monday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=SHANGHAI)


def open_until(made: datetime, starts: datetime = FAR, *, boards: bool = False, hours: int = 24) -> datetime:
    """Return until when an offer is open, in Shanghai."""
    slot = Slot(starts_at=starts.astimezone(UTC), offer_hours=hours)
    return local(offer_times.lapses_at(slot, at=made.astimezone(UTC), boards=boards))


def test_an_offer_is_open_for_the_hours_of_the_slot() -> None:
    assert open_until(at(2, 15)) == at(3, 15)
    assert open_until(at(2, 15), hours=48) == at(4, 15)


@pytest.mark.parametrize(
    ("made", "until"),
    [
        (at(2, 21), at(4, 8)),
        (at(2, 20, 59), at(3, 20, 59)),
        (at(2, 23, 30), at(4, 8)),
        (at(3, 0, 10), at(4, 8)),
        (at(3, 7, 59), at(4, 8)),
        (at(3, 8), at(4, 8)),
    ],
)
def test_one_that_would_lapse_at_night_lapses_in_the_morning(made: datetime, until: datetime) -> None:
    assert open_until(made) == until


@pytest.mark.parametrize(
    ("made", "until"),
    [
        (at(2, 15), at(7, 20)),  # Tuesday: the Sunday after
        (at(6, 10), at(7, 20)),
        (at(6, 20, 30), at(7, 20, 30)),
        (at(7, 10), at(8, 10)),  # Sunday, and the phone is at hand until the evening
        (at(7, 21), at(14, 20)),  # Sunday at night, back at school: the next weekend
    ],
)
def test_whoever_boards_has_until_sunday_evening(made: datetime, until: datetime) -> None:
    assert open_until(made, boards=True) == until


def test_close_to_the_start_a_quarter_of_what_is_left_has_to_do() -> None:
    assert open_until(at(2, 9), at(4, 8)) == at(2, 20, 45)
    assert open_until(at(2, 9), at(2, 17)) == at(2, 11)
    assert open_until(at(2, 9), at(2, 10)) == at(2, 9, 30)
    assert open_until(at(2, 9), at(4, 8), hours=3) == at(2, 12)


def test_it_never_goes_past_the_start() -> None:
    assert open_until(at(2, 9), at(2, 9, 20)) == at(2, 9, 20)
    assert open_until(at(2, 20, 50), at(3, 7)) == at(3, 7)
    assert open_until(at(2, 15), at(5, 9), boards=True) == at(5, 9)


@given(made=MOMENTS, left=st.timedeltas(timedelta(minutes=1), timedelta(days=60)), boards=st.booleans())
def test_it_is_open_for_a_while_and_ends_by_day_or_with_the_start(
    made: datetime, left: timedelta, boards: bool
) -> None:
    starts = made + left
    until = open_until(made, starts, boards=boards)
    assert made < until <= starts
    assert until == starts or 8 <= until.hour < 21
    assert until == starts or until - made >= HOUR / 2
    sunday = until.weekday() == 6 and until.hour >= 20
    assert not boards or until == starts or until - made >= timedelta(days=1) or sunday or left < timedelta(days=2)


@given(made=MOMENTS, left=st.timedeltas(timedelta(minutes=1), timedelta(days=60)))
def test_whoever_boards_never_has_less_time_than_others(made: datetime, left: timedelta) -> None:
    assert open_until(made, made + left, boards=True) >= open_until(made, made + left)


def test_one_who_boards_is_enough_for_a_party(inside: Flask, make: Factory) -> None:
    slot, school = far_slot(make), make.school()
    party = together(make, slot, 16, 16)
    pupil = make.enrolment(make.person(make.user()), school)
    assert not offer_times.anybody_boards(party)
    make.do(_let_board, pupil.id, party[1].person_id)
    assert offer_times.anybody_boards(party)
    assert not offer_times.anybody_boards(party[:1])


def _let_board(enrolment_id: int, person_id: int) -> None:
    enrolment = db.session.get_one(Enrolment, enrolment_id)
    enrolment.person_id, enrolment.boards = person_id, True
