"""Names in any script: what counts as one, and how it is sorted and searched."""

import re
from unicodedata import category, normalize

from app.core.sounds import Style, lazy_pinyin

SHORTEST, LONGEST = 2, 60
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters to Unicode, nothing to the eye
_JOINERS = " ·'’-.\u0f0b\u0f0c\u00b4\u180e\u200c\u200d\u202f"
_SPACES = re.compile("[ \u00a0\u3000]+")  # not the narrow one, which is part of Mongolian words
_ZERO = "〇"  # a Chinese sign that names have, and a number to Unicode
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PADDING = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧・･．∙⋅", "·"))

# pypinyin reads most of these as the everyday word; as surnames they sound like this (《现代汉语词典》)
_SURNAMES = {
    "尉迟": ["yu", "chi"],
    "万俟": ["mo", "qi"],
    "长孙": ["zhang", "sun"],
    "令狐": ["ling", "hu"],
    "单于": ["chan", "yu"],
    "澹台": ["tan", "tai"],
    "曾": ["zeng"],
    "单": ["shan"],
    "仇": ["qiu"],
    "解": ["xie"],
    "查": ["zha"],
    "覃": ["qin"],
    "翟": ["zhai"],
    "朴": ["piao"],
    "盖": ["ge"],
    "任": ["ren"],
    "华": ["hua"],
    "缪": ["miao"],
    "乐": ["yue"],
    "种": ["chong"],
    "区": ["ou"],
    "尹": ["yin"],
    "繁": ["po"],
    "纪": ["ji"],
    "折": ["she"],
    "宿": ["su"],
    "臧": ["zang"],
    "祭": ["zhai"],
    "黑": ["he"],
    "员": ["yun"],
    "逄": ["pang"],
    "召": ["shao"],
    "句": ["gou"],
    "隗": ["wei"],
    "郇": ["xun"],
    "冼": ["xian"],
    "燕": ["yan"],
}

_DOUBLE_SURNAMES = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|皇甫|东方|東方|公孙|慕容|夏侯|闻人|轩辕|宇文|司徒|端木|南宫|令狐|长孙|尉迟|万俟|"
    "澹台|呼延|申屠|太史|公冶|濮阳|淳于|单于|钟离|司空|鲜于|独孤|拓跋|赫连|百里|西门|第五|公羊|谷梁|左丘|梁丘"
)
_PARTS = re.compile("[ ·]+")
_LONGEST_HAN = 4  # signs of a Chinese name: two of the family's, two of the child's


def tidy_name(text: str) -> str:
    """Return a name in its stored form: one normal form, single spaces, one kind of middle dot.

    Chinese names have no spaces; lists pad 王 芳 to the width of 欧阳娜娜, and both spellings are one person.
    """
    single = _SPACES.sub(" ", normalize("NFC", text).translate(_MIDDLE_DOTS)).strip(" ")
    return _PADDING.sub("", single)


def is_name(text: str) -> bool:
    """Return whether a tidy text can be a name: 2 to 60 letters of any script and what joins them."""
    has_letter = any(category(sign)[0] == "L" for sign in text)
    is_all_name = all(
        sign in (*_JOINERS, _ZERO) or (category(sign)[0] in "LM" and sign not in _BLANK_LETTERS) for sign in text
    )
    return SHORTEST <= len(text) <= LONGEST and has_letter and is_all_name


def given_name(name: str) -> str:
    """Return what somebody is called, without the family's name: 晓雨 for 曾晓雨, 娜娜 for 欧阳娜娜, 阿依古丽 for
    阿依古丽·买买提. Of a longer Chinese name in one piece nobody can say where it begins: the first half of it."""
    first, *others = _PARTS.split(name)
    if others or not re.fullmatch(f"[{_HAN}]+", first):
        return first
    if len(first) > _LONGEST_HAN:
        return first[: (len(first) + 1) // 2]
    return first[2 if len(first) > 2 and _DOUBLE_SURNAMES.match(first) else 1 :]


def pinyin(name: str) -> str:
    """Return what a name is sorted and searched by: ``zengxiaoyu`` for 曾晓雨, plain lower case for other scripts."""
    return "".join(_syllables(name))


def initials(name: str) -> str:
    """Return the first letters: ``zxy`` for 曾晓雨."""
    return "".join(syllable[0] for syllable in _syllables(name) if syllable)


def _syllables(name: str) -> list[str]:
    for surname, reading in _SURNAMES.items():
        if name.startswith(surname) and len(name) > len(surname):
            return [*reading, *_plain(name[len(surname) :])]
    return _plain(name)


def _plain(text: str) -> list[str]:
    words = " ".join(lazy_pinyin(text, style=Style.NORMAL, errors="default")).split()
    return [_letters(word) for word in words if _letters(word)]


def _letters(word: str) -> str:
    return "".join(sign for sign in word.casefold() if category(sign)[0] in "LM")
