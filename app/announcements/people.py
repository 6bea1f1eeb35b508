"""Chosen registrations in short, for an address: 3-7,12."""

from collections.abc import Iterable

from app.core.db import LARGEST_ID

_MOST = 1000  # people who are chosen one by one


def short(ids: Iterable[int]) -> str:
    """Return ids as ranges, in order: 3-7,12."""
    ranges: list[list[int]] = []
    for number in sorted(set(ids)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def read_people(text: str) -> list[int]:
    """Return the ids that ranges name, in order; what is none is left out, and so is what goes beyond a thousand."""
    found: set[int] = set()
    for part in text.split(","):
        first, _sign, last = part.partition("-")
        begins, ends = _number(first), _number(last or first)
        if begins and ends:
            found.update(range(begins, min(ends, begins + _MOST) + 1))
    return sorted(found)[:_MOST]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and 0 < int(text) <= LARGEST_ID else None
