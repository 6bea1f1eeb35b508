"""Reading classes that were pasted: a line each, name, form teacher and year in columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.typed import half_width, squeezed
from app.people import class_names
from app.people.class_names import class_key
from app.people.classes import ClassWords

MOST_LINES = 300
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_COLUMNS = re.compile(r"\t|[,，、;；]|  +|\u3000\u3000+")


@dataclass(frozen=True)
class Line:
    """A line that was pasted: where, what it says, and what is wrong with it or why it is left out ("" if nothing)."""

    number: int
    text: str
    words: ClassWords
    fault: str = ""
    is_known: bool = False


def read_lines(text: str, known_keys: frozenset[str]) -> list[Line]:
    """Return the lines of a text; ``known_keys`` are those of the classes there are, which are not entered again."""
    return list(_read(text, set(known_keys)))


def _read(text: str, keys: set[str]) -> Iterator[Line]:
    for number, typed in enumerate(text.splitlines(), start=1):
        if not typed.strip():
            continue
        columns = [squeezed(column) for column in _COLUMNS.split(typed.rstrip().lstrip(" \u3000"))]
        name, teacher, year = (*columns, "", "")[:3]
        words = ClassWords(name, teacher, _year(year))
        fault = _fault(columns, words, year)
        key = "" if fault else class_key(name)
        yield Line(number, typed.strip(), words, fault, is_known=not fault and key in keys)
        keys.add(key)


def _fault(columns: list[str], words: ClassWords, year: str) -> str:
    if len(columns) > 3:
        return str(_("There are more than three columns: class, form teacher, year."))
    if max(len(words.name), len(words.form_teacher)) > class_names.LONGEST:
        return str(_("Class and form teacher may have at most %(most)d characters.", most=class_names.LONGEST))
    if not class_key(words.name):
        return str(_("The name of the class is missing."))
    if year and words.entered_year is None:
        return str(_("The third column is the year of entry, such as 2026."))
    return ""


def _year(text: str) -> int | None:
    digits = half_width(text).rstrip("年级")
    return int(digits) if re.fullmatch("[0-9]{4}", digits) and EARLIEST_YEAR <= int(digits) <= LATEST_YEAR else None
