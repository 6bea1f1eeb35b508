"""Moments in UTC, days in Shanghai."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_in_shanghai_begins_eight_hours_before_the_one_in_utc() -> None:
    last_second = datetime(2026, 5, 17, 15, 59, 59, tzinfo=UTC)
    assert clock.local_day(last_second) == date(2026, 5, 17)
    assert clock.local_day(last_second + timedelta(seconds=1)) == date(2026, 5, 18)


@given(st.dates(date(1992, 1, 1), date(2100, 1, 1)))
def test_a_day_owns_its_first_moment_and_not_its_end(day: date) -> None:
    begins, ends = clock.start_of_day(day), clock.end_of_day(day)
    assert clock.local_day(begins) == day
    assert clock.local_day(ends - timedelta(microseconds=1)) == day
    assert clock.local_day(ends) == day + timedelta(days=1)
    assert ends - begins == timedelta(hours=24)


def test_local_is_what_the_clock_on_the_wall_shows() -> None:
    shown = clock.local(datetime(2026, 5, 18, 1, 5, tzinfo=UTC))
    assert (shown.hour, shown.minute) == (9, 5)
