"""What a class is called a year later, in the school's own spelling, and whether it leaves."""

import re

from app.organisations.models import Organisation, SchoolLevel

_NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_GRADE = re.compile(
    "(?P<stage>[初高])(?P<middle>中?)(?P<year>[一二三123１２３])"
    "|(?<![0-9０-９一二三四五六七八九十])(?P<grade>十[一二]|[一二三四五六七八九十]|1[0-2]|[1-9１-９])"
    "(?=年|级|[（(]|[0-9０-９]{1,2}班)"
)
_LAST_OF_STAGE = {"初": 9, "高": 12}
_BEFORE_STAGE = {"初": 6, "高": 9}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def grade_of(name: str) -> int | None:
    """Return the grade in a class's name, 1 to 12, or None where the name has none, such as 2025级1班."""
    found = _GRADE.search(name)
    if not found:
        return None
    return _BEFORE_STAGE[found["stage"]] + _number(found["year"]) if found["stage"] else _number(found["grade"])


def next_name(name: str) -> str:
    """Return what a class is called a year later: 九年级（3）班 for 八年级（3）班; the same where there is no grade."""
    found = _GRADE.search(name)
    if not found:
        return name
    part = "year" if found["stage"] else "grade"
    return name[: found.start(part)] + _one_more(found[part]) + name[found.end(part) :]


def leaves(name: str, school: Organisation) -> bool:
    """Return whether a class has come to the end of its school: after grade 9 and 12, after 6 unless it has a 7th."""
    grade = grade_of(name)
    if grade == 6:
        return SchoolLevel.MIDDLE not in school.school_levels
    return grade in _LAST_OF_STAGE.values()


def _number(text: str) -> int:
    return _NUMERALS.index(text) if text in _NUMERALS else int(text.translate(_HALF_WIDTH))


def _one_more(text: str) -> str:
    following = _number(text) + 1
    if text in _NUMERALS:
        return _NUMERALS[following] if following < len(_NUMERALS) else text
    is_full_width = text.translate(_HALF_WIDTH) != text
    return str(following).translate(_FULL_WIDTH) if is_full_width else str(following)
