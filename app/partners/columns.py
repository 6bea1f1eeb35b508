"""Which column of a partner's list says what: by the words above it, else by what stands in it.

What is not asked for, such as numbers of identity cards, is never read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.typed import half_width, read_day, read_phone, squeezed
from app.schooldesk.rosters.cells import MOST_CELL, Row

FIELDS = ("name", "born", "gender", "school", "class_name", "interests", "languages", "guardian", "phone")
_HEADS = (  # the first that fits; 家长姓名 before 姓名, 学校名称 before 名称
    ("", re.compile("民族|宗教|身份证|证件|住址|地址|政治面貌|籍贯|照片|备注|序号|编号|户口|血型|学号|学籍|年龄")),
    ("phone", re.compile("电话|手机|联系方式|号码|phone|mobile|tel", re.I)),
    ("guardian", re.compile("家长|监护|父|母|guardian|parent", re.I)),
    ("school", re.compile("学校|单位|school", re.I)),
    ("class_name", re.compile("班|年级|class|grade", re.I)),
    ("interests", re.compile("兴趣|爱好|特长|interest|hobb", re.I)),
    ("languages", re.compile("语言|语种|language", re.I)),
    ("gender", re.compile("性别|gender|sex", re.I)),
    ("born", re.compile("出生|生日|birth", re.I)),
    ("name", re.compile("姓名|名字|学生|name", re.I)),
)
_GENDER = re.compile("男|女|男生|女生|m|f|male|female", re.I)
_CLASS = re.compile("班|年级|初[一二三]|高[一二三]|class|grade", re.I)
_SCHOOL = re.compile("学校|中学|小学|一中|二中|三中|附中|学院|school", re.I)
_LANGUAGE = re.compile("语|话|chinese|english|mandarin", re.I)
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_COLUMN = re.compile(r"[,，;；|]")
_GAPS = re.compile(r"[ \u3000]+")


@dataclass(frozen=True)
class Read:
    """What was read: a dictionary of texts for each person, and the heads of columns that were left alone."""

    lines: list[dict[str, str]]
    left_out: list[str]


def rows_pasted(text: str) -> list[Row]:
    """Return the rows of a text copied out of a table, or typed: columns by tab, else by comma, else by gaps. 「画画、
    篮球」 is one cell."""
    rows = [_split(line) for line in text.splitlines()]
    return [row for row in rows if any(row)]


def read_columns(rows: Sequence[Row]) -> Read:
    """Return what rows say. A title above the head is passed over."""
    for number, row in enumerate(rows[:6]):
        heads = [_meaning(cell) for cell in row]
        if "name" in heads and "born" in heads:
            left_out = [cell for cell, meaning in zip(row, heads, strict=True) if cell and not meaning]
            return Read([_by_head(heads, one) for one in rows[number + 1 :]], left_out)
    return Read([_by_content(row) for row in rows], [])


def _split(line: str) -> Row:
    line = line.strip(" \r\n\u3000")
    columns = line.split("\t") if "\t" in line else _COLUMN.split(line)
    if len(columns) == 1:
        columns = _GAPS.split(columns[0])
    return [squeezed(half_width(column).lstrip("'"))[:MOST_CELL] for column in columns]


def _meaning(head: str) -> str:
    return next((field for field, words in _HEADS if words.search(head)), "")


def _by_head(heads: Sequence[str], row: Row) -> dict[str, str]:
    line = dict.fromkeys(FIELDS, "")
    for meaning, cell in zip(heads, row, strict=False):
        if meaning and not line[meaning] and not _ID_NUMBER.fullmatch(cell):
            line[meaning] = cell
    return line


def _by_content(row: Row) -> dict[str, str]:
    """Return what each cell looks like; the first name is the young person's, what nobody recognises an interest."""
    line = dict.fromkeys(FIELDS, "")
    cells = [cell for cell in row if cell and not _ID_NUMBER.fullmatch(cell)]
    if len(cells) > 2 and re.fullmatch(r"\d{1,3}", cells[0]):
        cells = cells[1:]  # the number of the line
    for cell in cells:
        wanted = _looks_like(cell)
        free = next((name for name in wanted if not line[name]), wanted[-1])
        line[free] = f"{line[free]} {cell}".strip()
    return line


def _looks_like(cell: str) -> tuple[str, ...]:
    """Return which fields a cell may be, the likeliest first."""
    wanted = next((fields for fields, looks_so in _LOOKS.items() if looks_so(cell)), None)
    return wanted or ("name", "interests", "guardian")


def _has_digit(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


_LOOKS: dict[tuple[str, ...], Callable[[str], object]] = {
    ("gender",): _GENDER.fullmatch,
    ("born",): read_day,
    ("phone",): read_phone,
    ("class_name",): _CLASS.search,
    ("school",): _SCHOOL.search,
    ("born", "phone"): _has_digit,
    ("name", "languages", "interests"): _LANGUAGE.search,
}
