"""The demo county's two hundred people, with names of every kind that the field knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
    "叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段"
    "雷黎史龙陶贺顾毛郝龚邵"
)
_SPECIAL = ("单", "仇", "解", "查", "覃", "翟", "欧阳", "尉迟", "万俟", "司徒", "上官")
_GIVEN = (
    "子涵梓轩浩宇欣怡思远雨桐一诺佳琪俊杰诗涵宇航若曦明轩语嫣文博可馨天佑静雯嘉豪晓彤志强雅婷振华秋月海洋春燕建军丽娟"
)
_WHOLE = (
    "阿依古丽·买买提",
    "迪丽娜尔·艾力",
    "ᠮᠣᠩᠭᠣᠯ ᠪᠠᠶᠠᠷ",
    "扎西多吉",
    "𠮷野樱",
    "O’Brien Liam",
    "欧阳娜娜",
    "艾孜买提·吐尔逊",
    "Anna-Maria Lindqvist",
    "བསྟན་འཛིན",
)


@dataclass(frozen=True)
class Somebody:
    """One person to be, before there is a record."""

    name: str
    born_on: date
    class_name: str


def two_hundred(random: Random, today: date, how_many: int = 200) -> Iterator[Somebody]:
    """Yield people from 8 to 19 years of age; the rare kinds of names come first, so that pages show them."""
    for number in range(how_many):
        age = random.choices(range(8, 20), weights=(1, 2, 3, 4, 5, 8, 12, 14, 14, 12, 8, 4))[0]
        born = date(today.year - age, random.randint(1, 12), random.randint(1, 28))
        yield Somebody(_name(random, number), born, _class(random, age))


def _name(random: Random, number: int) -> str:
    if number % 9 == 0 and number // 9 < len(_WHOLE):
        return _WHOLE[number // 9]
    surname = random.choice(_SPECIAL) if number % 13 == 0 else random.choice(_SURNAMES)
    pair = random.randrange(len(_GIVEN) // 2) * 2
    return surname + (_GIVEN[pair : pair + 2] if random.random() < 0.8 else _GIVEN[pair])


def _class(random: Random, age: int) -> str:
    grades = {12: "七", 13: "七", 14: "八", 15: "九", 16: "高一", 17: "高二", 18: "高三", 19: "高三"}
    if age < 12:
        return f"{'二三四五六'[max(0, min(4, age - 8))]}年级{random.randint(1, 4)}班"
    grade = grades[age]
    return f"{grade}（{random.randint(1, 6)}）班" if grade.startswith("高") else f"{grade}年级{random.randint(1, 6)}班"
