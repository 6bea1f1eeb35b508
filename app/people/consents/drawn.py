"""A signature drawn with a finger: lines through points, sealed; no picture, and nothing that measures the hand."""

import json
from collections.abc import Sequence

from app.core.crypto import seal_bytes, unseal_bytes
from app.people.consents.models import DRAWN_SEALED_FOR

WIDE, HIGH = 600, 200  # the pad that points are counted on
_MOST_LINES, _MOST_NUMBERS = 80, 6000  # a long name in one line of script, drawn slowly, has a third of that
_LEAST_NUMBERS = 12  # a finger that only touched the pad has signed nothing
Lines = Sequence[Sequence[int]]


def read_lines(text: str) -> Lines | None:
    """Return the lines of a drawing, each as x, y, x, y, …; nothing for an empty pad, None for what is no drawing."""
    if not text.strip():
        return []
    try:
        lines = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(lines, list) or len(lines) > _MOST_LINES or not all(map(_is_line, lines)):
        return None
    numbers = sum(map(len, lines))
    if numbers > _MOST_NUMBERS:
        return None
    return lines if numbers >= _LEAST_NUMBERS else []


def sealed_lines(lines: Lines) -> bytes | None:
    """Return a drawing as it is kept, None for an empty pad."""
    return seal_bytes(DRAWN_SEALED_FOR, json.dumps(lines, separators=(",", ":")).encode()) if lines else None


def path_of(sealed: bytes | None) -> str | None:
    """Return a drawing as the path of an SVG on a pad of `WIDE` by `HIGH`, None if there is none that can be read."""
    opened = unseal_bytes(DRAWN_SEALED_FOR, sealed) if sealed else None
    lines = read_lines(opened.decode()) if opened else None
    return "".join(map(_path, lines)) if lines else None


def _path(line: Sequence[int]) -> str:
    points = [f"{x} {y}" for x, y in zip(line[::2], line[1::2], strict=True)]
    return f"M{'L'.join(points)}"


def _is_line(line: object) -> bool:
    if not isinstance(line, list) or len(line) % 2 or not line:
        return False
    return all(type(one) is int and 0 <= one <= (HIGH if at % 2 else WIDE) for at, one in enumerate(line))
