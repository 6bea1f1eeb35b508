"""Lists of people however they come: a cell is what the words above its column say, else what it looks like.

What is not asked for, such as numbers of identity cards, is never read.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.schooldesk.rosters.cells import Row

Line = dict[str, str]
LooksLike = Callable[[str, Line], tuple[str, ...]]  # which fields a cell may be, likeliest first, beside what is read

PHONE_HEAD = re.compile("电话|手机|联系方式|号码|phone|mobile|tel", re.I)
GUARDIAN_HEAD = re.compile("家长|监护|父|母|guardian|parent", re.I)
GENDER_HEAD = re.compile("性别|gender|sex", re.I)
BORN_HEAD = re.compile("出生|生日|birth", re.I)
NAME_HEAD = re.compile("姓名|名字|学生|name|pupil", re.I)
GENDER = re.compile("男|女|男生|女生|m|f|male|female", re.I)
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_LINE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Read:
    """What was read: a dictionary of texts for each person, and the heads of columns that were left alone."""

    lines: list[Line]
    left_out: list[str]


@dataclass(frozen=True)
class Columns:
    """Which fields a list has, the words above each (the first that fit; those of "" stand above what is not read), and
    how many of the fields make a row the head."""

    fields: tuple[str, ...]
    heads: Mapping[str, re.Pattern[str]]
    is_head: Callable[[set[str]], bool]

    def read(self, rows: Sequence[Row], looks_like: LooksLike) -> Read:
        """Return what rows say. A title above the head is passed over."""
        for number, row in enumerate(rows[:6]):
            heads = [self._meaning(cell) for cell in row]
            if self.is_head(set(heads)):
                left_out = [cell for cell, meaning in zip(row, heads, strict=True) if cell and not meaning]
                return Read([self._by_head(heads, one) for one in rows[number + 1 :]], left_out)
        return Read([self._by_content(row, looks_like) for row in rows], [])

    def _meaning(self, head: str) -> str:
        return next((field for field, words in self.heads.items() if words.search(head)), "")

    def _by_head(self, heads: Sequence[str], row: Row) -> Line:
        line = dict.fromkeys(self.fields, "")
        for meaning, cell in zip(heads, row, strict=False):
            if meaning and not line[meaning] and not _ID_NUMBER.fullmatch(cell):
                line[meaning] = cell
        return line

    def _by_content(self, row: Row, looks_like: LooksLike) -> Line:
        line = dict.fromkeys(self.fields, "")
        cells = [cell for cell in row if cell and not _ID_NUMBER.fullmatch(cell)]
        if len(cells) > 2 and _LINE_NUMBER.fullmatch(cells[0]):
            cells = cells[1:]
        for cell in cells:
            wanted = looks_like(cell, line)
            free = next((name for name in wanted if not line[name]), wanted[-1])
            line[free] = f"{line[free]} {cell}".strip()  # what has no place is shown, and asked about
        return line
