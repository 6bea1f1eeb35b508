"""Reading classes that were pasted: a line each, name, form teacher and year in columns; or several in a line."""

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
_UP_TO_CLASS = re.compile(r"\S.*?班(?!\S)")  # 「八年级 3 班」 is one, 「七年级1班 七年级2班」 are two
_CLASS = re.compile(  # what `class_key` makes of 七年级1班, 三（2）班, 高一实验班, 七（1）
    "(?:小学|[初高]中?)?(?:[0-9]{3,7}(?:(?:年级|年|级|届)(?:[0-9]{3})?)?[^\\W0-9]{0,4}班|[0-9]{6})"
)
_CHINESE_NAME = re.compile(r"(?<!\S)[\u3400-\u9fff]{2,4}(?!\S)")
_TEACHER_AND_YEAR = re.compile(r"(.*?) ?([0-9]{4}[年级]?)?")


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
        for columns in _classes_in(typed):
            name, teacher, year = (*columns, "", "")[:3]
            words = ClassWords(name, teacher, _year(year))
            fault = _fault(columns, words, year)
            key = "" if fault else class_key(name)
            yield Line(number, typed.strip(), words, fault, is_known=not fault and key in keys)
            keys.add(key)


def _classes_in(typed: str) -> list[list[str]]:
    """Return the columns of each class in a line: of one, unless the line is nothing but classes."""
    columns = [squeezed(column) for column in _COLUMNS.split(typed.rstrip().lstrip(" \u3000"))]
    several = [name for column in columns if column for name in _names_in(column)]
    if len(several) > 1 and all(map(_is_class, several)):
        return [[name] for name in several]
    first, rest = _class_and_rest(columns[0])
    return [[first, *rest, *columns[1:]]]


def _names_in(column: str) -> list[str]:
    """Return what stands in a column, one class or several."""
    ending = _UP_TO_CLASS.findall(column)
    if ending:
        return [*ending, *filter(None, [column[column.rindex(ending[-1]) + len(ending[-1]) :].strip()])]
    words = column.split()
    return words if all(map(_is_class, words)) else [column]


def _class_and_rest(column: str) -> tuple[str, list[str]]:
    """Take teacher and year off a class that only a gap keeps apart from them."""
    name, *rest = _names_in(column) or [""]
    if len(rest) != 1 or not _is_class(name) or rest[0].endswith("班"):
        return column, []
    found = _TEACHER_AND_YEAR.fullmatch(half_width(rest[0]))
    return name, [part or "" for part in found.groups()] if found and found[2] else rest


def _is_class(name: str) -> bool:
    return len(name) <= class_names.LONGEST and _CLASS.fullmatch(class_key(name)) is not None


def _fault(columns: list[str], words: ClassWords, year: str) -> str:
    if len(columns) > 3:
        return str(_("There are more than three columns: class, form teacher, year."))
    if max(len(words.name), len(words.form_teacher)) > class_names.LONGEST:
        return str(_("Class and form teacher may have at most %(most)d characters.", most=class_names.LONGEST))
    if not class_key(words.name):
        return str(_("The name of the class is missing."))
    if year and words.entered_year is None:
        return str(_("The third column is the year of entry, such as 2026."))
    return _doubt(words)


def _doubt(words: ClassWords) -> str:
    """Return why somebody should say what is meant: nothing is guessed."""
    if len(_names_in(words.name)) > 1 or words.form_teacher.endswith("班") or _is_class(words.form_teacher):
        return str(_("There seem to be several classes in this line. Please give each a line of its own."))
    if len(_CHINESE_NAME.findall(words.form_teacher)) > 2:  # two may be one: 欧阳 娜娜
        return str(_("There are several names in this line; a class has one form teacher."))
    return ""


def _year(text: str) -> int | None:
    digits = half_width(text).rstrip("年级")
    return int(digits) if re.fullmatch("[0-9]{4}", digits) and EARLIEST_YEAR <= int(digits) <= LATEST_YEAR else None
