"""Setting a text of any length into a box: the size of its letters and where its lines break."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from app.core.fonts import Face

from .faces import width_of

POINTS_PER_MM = 72 / 25.4
ROUNDING_ALLOWANCE = 0.98
COMFORTABLE = 0.72
TOO_SMALL = 0.35
NEVER_FIRST = "、，。；：？！）」』》〉】”’·.,;:?!)]%"
NEVER_LAST = "（「『《〈【“‘(["


Breaks = Callable[[str], Iterator[int]]


@dataclass(frozen=True)
class Box:
    """Room for a text: width and height in mm, largest size in pt, line height in units of the size."""

    width: float
    height: float
    largest: float
    leading: float
    most_lines: int


@dataclass(frozen=True)
class Setting:
    """A text as it will stand: its lines, the size in pt at which they fit the box, the line height."""

    lines: tuple[str, ...]
    size: float
    leading: float


def fit(text: str, faces: tuple[Face, ...], box: Box) -> Setting:
    """Set a text as large as the box allows, on as few lines as read comfortably; it never overflows.

    A word is broken only when the text would otherwise be too small to read.
    """
    text = " ".join(text.split())
    setting = best_setting(text, faces, box, polite_breaks)
    if setting.size < TOO_SMALL * box.largest:
        setting = max(setting, best_setting(text, faces, box, all_breaks), key=size_of)
    return setting


def best_setting(text: str, faces: tuple[Face, ...], box: Box, breaks: Breaks) -> Setting:
    settings = [set_lines(balanced(text, faces, count, breaks), faces, box) for count in range(1, box.most_lines + 1)]
    comfortable = (setting for setting in settings if setting.size >= COMFORTABLE * box.largest)
    return next(comfortable, max(settings, key=size_of))


def size_of(setting: Setting) -> float:
    return setting.size


def set_lines(lines: tuple[str, ...], faces: tuple[Face, ...], box: Box) -> Setting:
    widest = max(width_of(line, faces) for line in lines) or 1.0
    by_width = box.width * POINTS_PER_MM * ROUNDING_ALLOWANCE / widest
    by_height = box.height * POINTS_PER_MM / (len(lines) * box.leading)
    return Setting(lines, round(min(box.largest, by_width, by_height) - 0.05, 1), box.leading)


def balanced(text: str, faces: tuple[Face, ...], count: int, breaks: Breaks) -> tuple[str, ...]:
    """Break a text into at most `count` lines so that the widest of them is as narrow as can be."""
    share = width_of(text, faces) / count
    nearest = sorted(breaks(text), key=lambda at: abs(width_of(text[:at], faces) - share))[:6]
    if count == 1 or not nearest:
        return (text,)
    candidates = ((text[:at].rstrip(), *balanced(text[at:].lstrip(), faces, count - 1, breaks)) for at in nearest)
    return min(candidates, key=lambda lines: max(width_of(line, faces) for line in lines))


def polite_breaks(text: str) -> Iterator[int]:
    for at, (before, after) in enumerate(pairwise(text), start=1):
        if after in NEVER_FIRST or before in NEVER_LAST:
            continue
        if before in " ·•-" or is_ideograph(before) or is_ideograph(after):
            yield at


def all_breaks(text: str) -> Iterator[int]:
    return (at for at, character in enumerate(text) if at and category(character)[0] not in "MC")


def is_ideograph(character: str) -> bool:
    """Whether lines may break beside the character as they do in Chinese: ideographs and full-width marks."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef" or character >= "\U00020000"
