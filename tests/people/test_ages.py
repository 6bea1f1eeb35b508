"""Ages, as the law counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import local_day
from app.people.ages import age_on, birthday, fourteen_on

births = st.dates(date(1900, 1, 1), date(2030, 12, 31))
years = st.integers(0, 110)


@given(births, years)
def test_one_is_that_old_from_the_birthday_on_and_not_the_day_before(born_on: date, age: int) -> None:
    turns = birthday(born_on, age)
    assert age_on(born_on, turns) == age
    assert age_on(born_on, turns - timedelta(days=1)) == age - 1


@given(births, births)
def test_an_age_and_its_birthdays_agree(born_on: date, day: date) -> None:
    age = age_on(born_on, day)
    assert birthday(born_on, age) <= day < birthday(born_on, age + 1)


@given(births, births)
def test_fourteen_begins_on_the_day_the_age_says_so(born_on: date, day: date) -> None:
    assert (fourteen_on(born_on) <= day) == (age_on(born_on, day) >= 14)


def test_whoever_is_born_on_29_february_turns_older_on_1_march() -> None:
    leapling = date(2012, 2, 29)
    assert fourteen_on(leapling) == date(2026, 3, 1)
    assert age_on(leapling, date(2026, 2, 28)) == 13
    assert age_on(leapling, date(2026, 3, 1)) == 14
    assert birthday(leapling, 16) == date(2028, 2, 29)


def test_28_february_and_1_march_are_birthdays_like_any_other() -> None:
    assert fourteen_on(date(2012, 2, 28)) == date(2026, 2, 28)
    assert fourteen_on(date(2012, 3, 1)) == date(2026, 3, 1)


def test_nobody_has_an_age_before_the_birth() -> None:
    assert age_on(date(2020, 5, 18), date(2020, 5, 17)) == -1
    assert age_on(date(2020, 5, 18), date(2020, 5, 18)) == 0


@pytest.mark.parametrize(("moment", "age"), [((15, 59, 59), 13), ((16, 0, 0), 14)])
def test_the_birthday_begins_at_midnight_in_shanghai(moment: tuple[int, int, int], age: int) -> None:
    eve = datetime(2026, 5, 17, *moment, tzinfo=UTC)
    assert age_on(date(2012, 5, 18), local_day(eve)) == age
