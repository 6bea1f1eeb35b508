"""Which backups stay: the newest of each of the last days, weeks and months that have any."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from app.core.clock import local_day

DAILY, WEEKLY, MONTHLY = 7, 4, 12
_Span = Callable[[date], object]
_SPANS: tuple[tuple[int, _Span], ...] = (
    (DAILY, lambda day: day),
    (WEEKLY, lambda day: day.isocalendar()[:2]),
    (MONTHLY, lambda day: (day.year, day.month)),
)


def staying(made: Iterable[datetime]) -> set[datetime]:
    """Return which of some backups, known by when they were made, stay; days are those of Asia/Shanghai.

    The newest always does. What goes never comes back with a newer one, so that it may be deleted at once.
    """
    latest_first = sorted(set(made), reverse=True)
    return {moment for most, span in _SPANS for moment in _newest_of_each(latest_first, most, span)}


def _newest_of_each(latest_first: list[datetime], most: int, span: _Span) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for moment in latest_first:
        newest.setdefault(span(local_day(moment)), moment)
    return list(newest.values())[:most]
