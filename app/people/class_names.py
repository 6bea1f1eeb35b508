"""Names of classes: 「八年级（3）班」, 「八年级3班」 and 「8年级 3班」 are one class."""

import re
from unicodedata import normalize

LONGEST = 40
_NUMBER = re.compile("(?<=[初高])[一二三]|[0-9]+|[〇零一二三四五六七八九十]+")  # 高二十班 is class 10 of 高二
_SIGNS = re.compile(r"[\W_]+")
_STAGES = {"初": 6, "高": 9}  # the grades before its first
_GRADE = re.compile(
    "(?P<stage>[初高])中?(?P<year>00[1-3])"  # 高一, 高中一年级
    "|(?<![0-9])(?P<grade>00[1-9]|01[0-2])(?=年|级|[0-9]{3}班)"  # 七年级, and 三（2）班 for class 2 of the third
)
_CLASS = re.compile("(?<![0-9])[0-9]{3}(?![0-9])")
_NO_GRADE, _NO_CLASS = 99, 1000  # after all others
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


def class_key(name: str) -> str:
    """Return what a class is recognised by: letters and numbers alone, each number as three digits.

    ``008年级003班`` for 八年级（3）班, so that class 10 comes after class 9.
    """
    counted = _NUMBER.sub(lambda number: f"{_value(number[0]):03d}", normalize("NFKC", name).casefold())
    return _SIGNS.sub("", counted)


def school_order(name: str) -> tuple[int, int, str, str]:
    """Return what classes are sorted by: 一年级 to 六年级, 七年级 or 初一, to 高三, and within it by number.

    What has no number comes after what has one, what has no grade after everything, by name.
    """
    key = class_key(name)
    found = _GRADE.search(key)
    if not found:
        return _NO_GRADE, _NO_CLASS, key, name
    grade = _STAGES[found["stage"]] + int(found["year"]) if found["stage"] else int(found["grade"])
    number = _CLASS.search(key[found.end() :])
    return grade, int(number[0]) if number else _NO_CLASS, key, name


def _value(number: str) -> int:
    if number[0] in "0123456789":
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in number))
    return 10 * (_value(tens) if tens else 1) + (_value(ones) if ones else 0)
