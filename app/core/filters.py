"""How values are written on pages, in both languages."""

import re
from datetime import date, datetime

from flask import Flask
from markupsafe import Markup

from app.core.clock import local, local_day, now
from app.core.codes import grouped
from app.core.languages import speaks_chinese

_PHONE = re.compile(r"(?<![0-9])(\+?[0-9][0-9 \-]{5,18}[0-9])(?![0-9])")
_WEEKDAYS = "一二三四五六日"


def init_filters(app: Flask) -> None:
    """Make them Jinja filters."""
    for writer in (
        day,
        full_day,
        full_days,
        clock,
        moment,
        month,
        span,
        period,
        masked_name,
        masked_phone,
        masked_number,
        phones_whole,
        grouped,
    ):
        app.add_template_filter(writer)


def day(value: date | datetime) -> str:
    """Write a day: 5 月 18 日（周六）, or Sat 18 May; the year only when it is not this one."""
    on = local_day(value) if isinstance(value, datetime) else value
    this_year = on.year == local_day(now()).year
    if speaks_chinese():
        year = "" if this_year else f"{on.year} 年 "
        return f"{year}{on.month} 月 {on.day} 日（周{_WEEKDAYS[on.weekday()]}）"
    return f"{on:%a} {on.day} {on:%b}" + ("" if this_year else f" {on.year}")


def month(value: date) -> str:
    """Write a month: 2026 年 12 月, or December 2026."""
    return f"{value.year} 年 {value.month} 月" if speaks_chinese() else f"{value:%B} {value.year}"


def full_day(value: date) -> str:
    """Write a day with its year, for what is read years later."""
    return (
        f"{value.year} 年 {value.month} 月 {value.day} 日"
        if speaks_chinese()
        else f"{value.day} {value:%b} {value.year}"
    )


def full_days(first: date, last: date) -> str:
    """Write from which day to which, one day once and its year once."""
    if first == last:
        return full_day(first)
    if first.year != last.year:
        return f"{full_day(first)} – {full_day(last)}"
    if speaks_chinese():
        return f"{full_day(first)} – {last.month} 月 {last.day} 日"
    return f"{first.day} {first:%b} – {full_day(last)}"


def exact(value: datetime) -> str:
    """Write a moment for a list that is sorted and calculated with: 2026-11-28 09:00."""
    return f"{local(value):%Y-%m-%d %H:%M}"


def clock(value: datetime) -> str:
    """Write a time of day in Shanghai: 09:00."""
    return f"{local(value):%H:%M}"


def moment(value: datetime) -> str:
    """Write a day and a time of day."""
    return f"{day(value)}{_gap()}{clock(value)}"


def span(start: datetime, end: datetime) -> str:
    """Write from when to when, the day only once if it is one day."""
    if local_day(start) == local_day(end):
        return f"{moment(start)}–{clock(end)}"
    return f"{moment(start)} – {moment(end)}"


def period(start: datetime, end: datetime) -> Markup:
    """Write `span` for a page: where it is too long for a line, it breaks between a day and a time, not within one."""
    if local_day(start) == local_day(end):
        whole = (day(start), _gap(), f"{clock(start)}–{clock(end)}")
    else:
        whole = (f"{moment(start)}\N{NO-BREAK SPACE}–", " ", moment(end))
    return Markup('<span><span class="whole">{}</span>{}<span class="whole">{}</span></span>').format(*whole)


def masked_name(name: str) -> str:
    """Write a name where the work does not need the whole: 张**."""
    return name[:1] + "**"


def masked_phone(phone: str | None) -> str:
    """Write a phone number where the work does not need the whole: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if phone and len(phone) > 7 else ("****" if phone else "")


def masked_number(number: str) -> str:
    """Write a number that somebody was given so that it can be compared, not copied: ****123."""
    return f"****{number[-3:]}" if len(number) > 4 else "****"


def phones_whole(text: str) -> Markup:
    """Write a line in which there may be phone numbers so that none of them breaks."""
    parts = _PHONE.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if place % 2 else part for place, part in enumerate(parts)
    )


def _gap() -> str:
    return "" if speaks_chinese() else ", "
