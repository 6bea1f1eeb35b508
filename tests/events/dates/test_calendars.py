"""Which days a weekly class falls on."""

from datetime import date

import pytest

from app.events.dates.calendars import DayKind, calendar_day, days_between

SATURDAY = 6


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 28), DayKind.USUAL),
        (date(2026, 10, 3), DayKind.HOLIDAY),
        (date(2026, 10, 10), DayKind.MAKE_UP),
        (date(2026, 9, 20), DayKind.MAKE_UP),
        (date(2026, 9, 23), DayKind.USUAL),
        (date(2027, 2, 6), DayKind.UNKNOWN),
        (date(2027, 1, 1), DayKind.HOLIDAY),
        (date(2027, 10, 2), DayKind.HOLIDAY),
    ],
)
def test_a_day_is_what_the_state_councils_notice_says(day: date, kind: DayKind) -> None:
    assert calendar_day(day).kind is kind


def test_holidays_and_what_makes_up_for_them_fall_out_of_a_term() -> None:
    days = days_between([SATURDAY], date(2026, 9, 1), date(2026, 10, 31))
    assert [one.day.isoformat()[5:] for one in days] == [
        *("09-05", "09-12", "09-19", "09-26"),
        *("10-03", "10-10", "10-17", "10-24", "10-31"),
    ]
    assert [one.day.isoformat()[5:] for one in days if not one.is_free] == ["09-26", "10-03", "10-10"]


def test_several_weekdays_come_in_the_order_of_days() -> None:
    days = days_between([3, 1], date(2026, 11, 23), date(2026, 12, 1))
    assert [one.day.day for one in days] == [23, 25, 30]


def test_whoever_asks_for_a_century_gets_a_year() -> None:
    assert len(days_between(range(1, 8), date(2026, 1, 1), date(2126, 1, 1))) == 401
