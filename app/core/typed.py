"""Reading what people type: one normal form, phone numbers, days."""

import re
from datetime import date
from unicodedata import normalize

import phonenumbers

_DAY = re.compile(r"(\d{4})\D*?(\d{1,2})\D+(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")


def squeezed(value: str | None) -> str:
    """Return text in one normal form, full-width signs kept, without stray white space and NUL.

    PostgreSQL stores no NUL.
    """
    return " ".join(normalize("NFC", value or "").replace("\0", "").split())


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
