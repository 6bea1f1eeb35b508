"""Which column says what: by the words above it, else by what stands in it. What is not asked for is not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.typed import read_day, read_phone
from app.people.ages import age_on
from app.schooldesk.rosters.cells import Row

FIELDS = ("name", "gender", "born", "student_no", "guardian", "phone")
_HEADS = (  # the first that fits; 家长姓名 before 姓名, 学生姓名 before it
    ("", re.compile("民族|宗教|身份证|证件|住址|地址|政治面貌|籍贯|照片|备注|序号|编号|户口|血型|班级|年级")),
    ("phone", re.compile("电话|手机|联系方式|号码|phone|mobile|tel", re.I)),
    ("guardian", re.compile("家长|监护|父|母|guardian|parent", re.I)),
    ("name", re.compile("姓名|名字|学生|name|pupil", re.I)),
    ("gender", re.compile("性别|gender|sex", re.I)),
    ("born", re.compile("出生|生日|birth", re.I)),
    ("student_no", re.compile("学号|学籍|student|number|no", re.I)),
)
_GENDER = re.compile("男|女|男生|女生|m|f|male|female", re.I)
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_STUDENT_NO = re.compile(r"[A-Za-z]?\d{1,20}")
_MOBILE = re.compile(r"1[3-9][\d\s\-]{5,12}")  # also one with a digit too few
_YOUNGEST, _OLDEST = 3, 30


@dataclass(frozen=True)
class Read:
    """What was read: a dictionary of texts for each pupil, and the heads of columns that were left alone."""

    lines: list[dict[str, str]]
    left_out: list[str]


def read_columns(rows: Sequence[Row], today: date) -> Read:
    """Return what rows say. A title above the head is passed over; numbers of identity cards are never taken."""
    for number, row in enumerate(rows[:6]):
        heads = [_meaning(cell) for cell in row]
        if "name" in heads and len(set(heads) - {""}) > 1:
            left_out = [cell for cell, meaning in zip(row, heads, strict=True) if cell and not meaning]
            return Read([_by_head(heads, one) for one in rows[number + 1 :]], left_out)
    return Read([_by_content(row, today) for row in rows], [])


def _meaning(head: str) -> str:
    """Return which field stands below a head, or "" for what is not read."""
    return next((field for field, words in _HEADS if words.search(head)), "")


def _by_head(heads: Sequence[str], row: Row) -> dict[str, str]:
    line = dict.fromkeys(FIELDS, "")
    for meaning, cell in zip(heads, row, strict=False):
        if meaning and not line[meaning] and not _ID_NUMBER.fullmatch(cell):
            line[meaning] = cell
    return line


def _by_content(row: Row, today: date) -> dict[str, str]:
    """Return what each cell looks like; the first name is the pupil's, a second one the guardian's."""
    line = dict.fromkeys(FIELDS, "")
    cells = [cell for cell in row if cell and not _ID_NUMBER.fullmatch(cell)]
    if len(cells) > 2 and re.fullmatch(r"\d{1,3}", cells[0]):
        cells = cells[1:]  # the number of the line
    for cell in cells:
        wanted = _looks_like(cell, line, today)
        free = next((name for name in wanted if not line[name]), wanted[-1])
        line[free] = f"{line[free]} {cell}".strip()  # what has no place is shown, and asked about
    return line


def _looks_like(cell: str, line: dict[str, str], today: date) -> tuple[str, ...]:
    """Return which fields a cell may be, the likeliest first."""
    day = read_day(cell)
    if _GENDER.fullmatch(cell):
        return ("gender",)
    if day and not line["born"] and _YOUNGEST <= age_on(day, today) <= _OLDEST:
        return ("born",)
    if _MOBILE.fullmatch(cell) or (read_phone(cell) and not day):
        return ("phone", "student_no")
    if _STUDENT_NO.fullmatch(cell):
        return ("student_no", "phone", "born")
    if any(sign.isdigit() for sign in cell):
        return ("born", "phone") if not line["born"] else ("phone", "name")
    return ("name", "guardian")
