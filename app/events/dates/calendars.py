"""Which days a weekly slot falls on, without China's public holidays and the weekends that make up for them (调休).

The days off are those of the State Council's yearly notices, as `chinesecalendar` has them; before next year's is out
only the days that the law itself fixes are known (全国年节及纪念日放假办法 2).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LONGEST = timedelta(days=400)  # from the first to the last day that are looked through
_FIXED = {
    (1, 1): "New Year's Day",
    **dict.fromkeys([(5, 1), (5, 2)], "Labour Day"),
    **dict.fromkeys([(10, 1), (10, 2), (10, 3)], "National Day"),
}
_OCCASIONS = {
    "New Year's Day": _l("New Year's Day"),
    "Spring Festival": _l("Spring Festival"),
    "Tomb-sweeping Day": _l("Tomb-Sweeping Day"),
    "Labour Day": _l("Labour Day"),
    "Dragon Boat Festival": _l("Dragon Boat Festival"),
    "Mid-autumn Festival": _l("Mid-Autumn Festival"),
    "National Day": _l("National Day"),
}


class DayKind(StrEnum):
    """What a day is."""

    USUAL = "usual"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a weekend on which schools and offices work
    UNKNOWN = "unknown"  # the notice of its year is not out yet


@dataclass(frozen=True)
class CalendarDay:
    """A day, what it is, and because of which holiday."""

    day: date
    kind: DayKind = DayKind.USUAL
    occasion: LazyString | None = None

    @property
    def is_free(self) -> bool:
        """Whether a class usually takes place."""
        return self.kind in (DayKind.USUAL, DayKind.UNKNOWN)


def days_between(weekdays: Collection[int], first: date, last: date) -> list[CalendarDay]:
    """Return the days from ``first`` to ``last`` that fall on some weekdays (1 is Monday), in order."""
    span = range((min(last, first + LONGEST) - first).days + 1)
    days = (first + timedelta(days=number) for number in span)
    return [calendar_day(day) for day in days if day.isoweekday() in weekdays]


def calendar_day(day: date) -> CalendarDay:
    """Return what a day is."""
    try:
        is_off, occasion = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        fixed = _FIXED.get((day.month, day.day))
        return CalendarDay(day, DayKind.HOLIDAY, _OCCASIONS[fixed]) if fixed else CalendarDay(day, DayKind.UNKNOWN)
    if occasion is None:
        return CalendarDay(day)
    return CalendarDay(day, DayKind.HOLIDAY if is_off else DayKind.MAKE_UP, _OCCASIONS.get(occasion))
