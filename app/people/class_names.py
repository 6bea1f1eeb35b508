"""Names of classes: 「八年级（3）班」, 「八年级3班」 and 「8年级 3班」 are one class."""

import re
from unicodedata import normalize

LONGEST = 40
_NUMBER = re.compile("(?<=[初高])[一二三]|[0-9]+|[〇零一二三四五六七八九十]+")  # 高二十班 is class 10 of 高二
_SIGNS = re.compile(r"[\W_]+")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


def class_key(name: str) -> str:
    """Return what a class is recognised and sorted by: letters and numbers alone, each number as three digits.

    ``008年级003班`` for 八年级（3）班, so that class 10 comes after class 9.
    """
    counted = _NUMBER.sub(lambda number: f"{_value(number[0]):03d}", normalize("NFKC", name).casefold())
    return _SIGNS.sub("", counted)


def _value(number: str) -> int:
    if number[0] in "0123456789":
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in number))
    return 10 * (_value(tens) if tens else 1) + (_value(ones) if ones else 0)
