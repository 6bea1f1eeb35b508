"""Reading what people type: one normal form, phone numbers, days."""

import re
from datetime import date
from unicodedata import normalize

import phonenumbers

_COMMANDS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})\D*?(\d{1,2})\D+(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")


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
