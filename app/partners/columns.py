"""Which column of a partner's list says what."""

import re
from collections.abc import Callable, Sequence

from app.core.typed import half_width, read_day, read_phone, squeezed
from app.schooldesk.rosters import reading
from app.schooldesk.rosters.cells import MOST_CELL, Row
from app.schooldesk.rosters.reading import Columns, Line, Read

FIELDS = ("name", "born", "gender", "school", "class_name", "interests", "languages", "guardian", "phone")
_HEADS = {  # 家长姓名 before 姓名, 学校名称 before 名称
    "": re.compile("民族|宗教|身份证|证件|住址|地址|政治面貌|籍贯|照片|备注|序号|编号|户口|血型|学号|学籍|年龄"),
    "phone": reading.PHONE_HEAD,
    "guardian": reading.GUARDIAN_HEAD,
    "school": re.compile("学校|单位|school", re.I),
    "class_name": re.compile("班|年级|class|grade", re.I),
    "interests": re.compile("兴趣|爱好|特长|interest|hobb", re.I),
    "languages": re.compile("语言|语种|language", re.I),
    "gender": reading.GENDER_HEAD,
    "born": reading.BORN_HEAD,
    "name": reading.NAME_HEAD,
}
_COLUMNS = Columns(FIELDS, _HEADS, lambda heads: {"name", "born"} <= heads)
_CLASS = re.compile("班|年级|初[一二三]|高[一二三]|class|grade", re.I)
_SCHOOL = re.compile("学校|中学|小学|一中|二中|三中|附中|学院|school", re.I)
_LANGUAGE = re.compile("语|话|chinese|english|mandarin", re.I)
_BETWEEN = re.compile(r"[,，;；|]")
_GAPS = re.compile(r"[ \u3000]+")


def rows_pasted(text: str) -> list[Row]:
    """Return the rows of a text copied out of a table, or typed: columns by tab, else by comma, else by gaps. 「画画、
    篮球」 is one cell."""
    rows = [_split(line) for line in text.splitlines()]
    return [row for row in rows if any(row)]


def read_columns(rows: Sequence[Row]) -> Read:
    """Return what rows say; without a head the first name is the young person's, what nobody recognises an interest."""
    return _COLUMNS.read(rows, _looks_like)


def _split(line: str) -> Row:
    line = line.strip(" \r\n\u3000")
    columns = line.split("\t") if "\t" in line else _BETWEEN.split(line)
    if len(columns) == 1:
        columns = _GAPS.split(columns[0])
    return [squeezed(half_width(column).lstrip("'"))[:MOST_CELL] for column in columns]


def _looks_like(cell: str, _line: Line) -> tuple[str, ...]:
    wanted = next((fields for fields, looks_so in _LOOKS.items() if looks_so(cell)), None)
    return wanted or ("name", "interests", "guardian")


def _has_digit(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


_LOOKS: dict[tuple[str, ...], Callable[[str], object]] = {
    ("gender",): reading.GENDER.fullmatch,
    ("born",): read_day,
    ("phone",): read_phone,
    ("class_name",): _CLASS.search,
    ("school",): _SCHOOL.search,
    ("born", "phone"): _has_digit,
    ("name", "languages", "interests"): _LANGUAGE.search,
}
