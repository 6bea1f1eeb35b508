"""The demo county's young people and their families, with names of every kind that the field knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from random import Random

from app.people.models import Gender

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
    "叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段"
    "雷黎史龙陶贺顾毛郝龚邵"
)
_SPECIAL = ("单", "仇", "解", "查", "覃", "翟", "欧阳", "尉迟", "万俟", "司徒", "上官", "诸葛", "区", "盖")
_FIRST = "子梓浩欣思雨一佳俊诗宇若明语文可天静嘉晓志雅振秋海春建丽书景安沐云知清承望南星"
_SECOND = "涵轩宇怡远桐诺琪杰航曦嫣博馨佑雯豪彤强婷华月洋燕军娟宁然辰溪舟禾言川乔野"
_OF_BOYS = "轩宇远杰航博佑豪强华洋军宁辰舟言川野" + "吉逊mᠷན"  # how names of boys end
_ADULT = (
    "建国",
    "丽华",
    "志强",
    "秀英",
    "海燕",
    "伟民",
    "桂芳",
    "国平",
    "玉兰",
    "晓东",
    "红梅",
    "永福",
    "素珍",
    "立新",
)
# who takes part, and the parent in whose name the account is
_OTHER_SCRIPTS = (
    ("阿依古丽·买买提", "买买提·肉孜"),
    ("迪丽娜尔·艾力", "艾力·吐尔逊"),
    ("ᠮᠣᠩᠭᠣᠯ ᠪᠠᠶᠠᠷ", "巴雅尔"),
    ("扎西多吉", "格桑卓玛"),
    ("𠮷野樱", "𠮷野健一"),
    ("O’Brien Liam", "O’Brien Niamh"),
    ("欧阳娜娜", "欧阳建平"),
    ("艾孜买提·吐尔逊", "吐尔逊·卡德尔"),
    ("Anna-Maria Lindqvist", "Erik Lindqvist"),
    ("བསྟན་འཛིན", "丹增旺姆"),
)
_AGES_OF_CHILDREN = (range(7, 18), (2, 3, 3, 4, 5, 6, 8, 11, 12, 11, 10))
_AGES_OF_GROWN = (range(16, 36), (8, 10, 9, 7, 6, 5, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1))


@dataclass(frozen=True)
class Somebody:
    """One person to be, before there is a record."""

    name: str
    born_on: date


@dataclass(frozen=True)
class Household:
    """One account to be: who signs in, and for whom; ``is_own`` when that is one and the same."""

    holder: str
    persons: tuple[Somebody, ...]
    is_own: bool


def households(random: Random, today: date, people: int) -> Iterator[Household]:
    """Yield families and young adults until there are so many people; the rare kinds of names come early."""
    left = people
    for number in count():
        household = _household(random, today, number)
        yield Household(household.holder, household.persons[:left], household.is_own)
        left -= len(household.persons)
        if left <= 0:
            return


def pupil_name(random: Random) -> str:
    """Return a name of somebody of another district."""
    return random.choice(_SURNAMES) + _given(random)


def born(random: Random, today: date, age: int) -> date:
    """Return a birth date of somebody who is that old today."""
    return today.replace(year=today.year - age, day=min(today.day, 28)) - timedelta(days=random.randint(1, 360))


def likely_gender(name: str) -> Gender:
    """Return what somebody of the county is who is called so."""
    return Gender.MALE if name[-1] in _OF_BOYS else Gender.FEMALE


def _household(random: Random, today: date, number: int) -> Household:
    if number % 9 == 0 and number // 9 < len(_OTHER_SCRIPTS):
        child, parent = _OTHER_SCRIPTS[number // 9]
        return Household(parent, (Somebody(child, born(random, today, random.randint(14, 17))),), is_own=False)
    surname = random.choice(_SPECIAL) if number % 13 == 0 else random.choice(_SURNAMES)
    if random.random() < 0.48:
        (age,) = random.choices(*_AGES_OF_GROWN)
        name = surname + _given(random)
        return Household(name, (Somebody(name, born(random, today, age)),), is_own=True)
    return Household(surname + random.choice(_ADULT), tuple(_children(random, today, surname)), is_own=False)


def _children(random: Random, today: date, surname: str) -> Iterator[Somebody]:
    (how_many,) = random.choices((1, 2, 3), (40, 45, 15))
    ages = iter(lambda: random.choices(*_AGES_OF_CHILDREN)[0], None)
    given = iter(lambda: _given(random), None)
    for age, name in zip(islice(_different(ages), how_many), _different(given), strict=False):
        yield Somebody(surname + str(name), born(random, today, int(age)))


def _different(endless: Iterator[int | str]) -> Iterator[int | str]:
    seen: set[int | str] = set()
    for one in endless:
        if one not in seen:
            seen.add(one)
            yield one


def _given(random: Random) -> str:
    return random.choice(_FIRST) + random.choice(_SECOND) if random.random() < 0.8 else random.choice(_SECOND)
