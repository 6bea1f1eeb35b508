"""The dates of a class series in a few words: 每周六 09:00–11:00，共 8 次，第一次 …，最后一次 …."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.core.clock import local
from app.core.filters import clock, day, span
from app.core.languages import speaks_chinese

_WEEKDAYS = "一二三四五六日"


def series_words(begins: Sequence[datetime], ends_at: datetime) -> str:
    """Return when a series takes place: ``begins`` are its dates in order, two at least, ``ends_at`` ends the first."""
    first, last, count = begins[0], begins[-1], len(begins)
    if len({(local(one).weekday(), clock(one)) for one in begins}) > 1:
        when = span(first, ends_at)
        return str(_("%(count)d times, first %(first)s, last on %(last)s", count=count, first=when, last=day(last)))
    return str(
        _(
            "every %(weekday)s %(hours)s, %(count)d times, first on %(first)s, last on %(last)s",
            weekday=_weekday(first),
            hours=f"{clock(first)}–{clock(ends_at)}",
            count=count,
            first=day(first),
            last=day(last),
        )
    )


def _weekday(at: datetime) -> str:
    return f"周{_WEEKDAYS[local(at).weekday()]}" if speaks_chinese() else f"{local(at):%A}"
