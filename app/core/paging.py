"""Paging by key: the next page starts after the last row of this one, however long the list is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from app.core.finding import read_id

Row = TypeVar("Row")
Key = tuple[datetime, int]


def page_of(rows: Sequence[Row], size: int, key: Callable[[Row], Key]) -> tuple[Sequence[Row], str | None]:
    """Return the page and, if a row more than its size was found, the key at which the next one starts."""
    if len(rows) <= size:
        return rows, None
    return rows[:size], moment_key(*key(rows[size - 1]))


def moment_key(moment: datetime, number: int) -> str:
    """Return the key of a row in an address: its moment, and its id among those of the same moment."""
    return f"{moment.timestamp():.6f}~{number}"


def read_key(text: str | None) -> Key | None:
    """Return the key in an address; anything else than a key of ours means the first page."""
    try:
        moment, _, number = (text or "").partition("~")
        return datetime.fromtimestamp(float(moment), UTC), read_id(number)
    except (ValueError, OverflowError, OSError):
        return None
