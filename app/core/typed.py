"""Reading what people type: one normal form, phone numbers, days."""

import re
from datetime import date, datetime, time
from unicodedata import normalize

import phonenumbers

_COMMANDS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})\D*?(\d{1,2})\D+(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")

_MOMENT = re.compile(
    r"(?P<day>\d{4}\D{0,3}?\d{1,2}[^\d\s:]{1,3}\d{1,2}|\d{4} \d{1,2} \d{1,2}|\d{8})"
    r"[日号T,]*\s*(?:\([^)]*\))?\s*(?P<half>上午|中午|下午|晚上)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[:.点时]\s*(?P<minute>\d{1,2}|半)?分?|(?P<both>\d{4}))"
)


def squeezed(value: str | None) -> str:
    """Return text in one normal form, full-width signs kept, without stray white space and invisible commands.

    PostgreSQL stores no NUL, and signs that turn the direction of writing make a list say what it does not.
    """
    return " ".join(without_commands(normalize("NFC", value or "")).split())


def without_commands(text: str) -> str:
    """Return a text without invisible commands; line ends and tabs stay."""
    return _COMMANDS.sub("", text)


def half_width(value: str) -> str:
    """Return text with the full-width digits and letters that Chinese keyboards make turned into plain ones."""
    return normalize("NFKC", value)


def read_phone(text: str) -> str | None:
    """Return a phone number in the form we store, or None if it is none."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    digits = str(number.national_number)
    return digits if re.fullmatch(r"1[3-9]\d{9}", digits) else None


def looks_like_a_day(text: str) -> bool:
    """Return whether a text is written like a day, be there such a day or not."""
    return _DAY.fullmatch(text.strip()) is not None


def read_day(text: str) -> date | None:
    """Return the day in a text, year first, or None."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year, month, on = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, on)
    except ValueError:
        return None


def looks_like_a_moment(text: str) -> bool:
    """Return whether a text is written like a day and a time, be there such a moment or not."""
    return _MOMENT.fullmatch(_closed_up(text)) is not None


def read_moment(text: str) -> datetime | None:
    """Return day and time of day in a text, without a zone: 2026-11-28 09:00, 2026年11月28日 9点半, 20261128 0900."""
    found = _MOMENT.fullmatch(_closed_up(text))
    day = read_day(found["day"]) if found else None
    if not found or not day:
        return None
    hour, minute = (found["hour"], found["minute"] or "0") if found["hour"] else (found["both"][:2], found["both"][2:])
    is_late = found["half"] in {"下午", "晚上"} and int(hour) < 12
    try:
        return datetime.combine(day, time(int(hour) + 12 * is_late, 30 if minute == "半" else int(minute)))
    except ValueError:
        return None


def _closed_up(text: str) -> str:
    return re.sub(r"\s*([年月日号])\s*", r"\1", text.strip())
