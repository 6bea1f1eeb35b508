"""Which column of a class list says what."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from app.core.typed import read_day, read_phone
from app.people.ages import age_on
from app.schooldesk.rosters import reading
from app.schooldesk.rosters.cells import Row
from app.schooldesk.rosters.reading import Columns, Line, Read

FIELDS = ("name", "gender", "born", "student_no", "guardian", "phone")
_HEADS = {  # 家长姓名 before 姓名
    "": re.compile("民族|宗教|身份证|证件|住址|地址|政治面貌|籍贯|照片|备注|序号|编号|户口|血型|班级|年级"),
    "phone": reading.PHONE_HEAD,
    "guardian": reading.GUARDIAN_HEAD,
    "name": reading.NAME_HEAD,
    "gender": reading.GENDER_HEAD,
    "born": reading.BORN_HEAD,
    "student_no": re.compile("学号|学籍|student|number|no", re.I),
}
_COLUMNS = Columns(FIELDS, _HEADS, lambda heads: "name" in heads and len(heads - {""}) > 1)
_STUDENT_NO = re.compile(r"[A-Za-z]?\d{1,20}")
_MOBILE = re.compile(r"1[3-9][\d\s\-]{5,12}")  # also one with a digit too few
_YOUNGEST, _OLDEST = 3, 30


def read_columns(rows: Sequence[Row], today: date) -> Read:
    """Return what rows say; without a head the first name is the pupil's, a second one the guardian's."""
    return _COLUMNS.read(rows, partial(_looks_like, today=today))


def _looks_like(cell: str, line: Line, today: date) -> tuple[str, ...]:
    day = read_day(cell)
    if reading.GENDER.fullmatch(cell):
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
