"""Names in any script: what counts as one, and how it is sorted and searched."""

import re
from unicodedata import category, normalize

from app.core.sounds import Style, lazy_pinyin

SHORTEST, LONGEST = 2, 60
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters to Unicode, nothing to the eye
_JOINERS = " ·'’-.\u0f0b\u0f0c\u00b4\u180e\u200c\u200d\u202f"
_SPACES = re.compile("[ \u00a0\u3000]+")  # not the narrow one, which is part of Mongolian words
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
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


def tidy_name(text: str) -> str:
    """Return a name in its stored form: one normal form, single spaces, one kind of middle dot.

    Chinese names have no spaces; lists pad 王 芳 to the width of 欧阳娜娜, and both spellings are one person.
    """
    single = _SPACES.sub(" ", normalize("NFC", text).translate(_MIDDLE_DOTS)).strip(" ")
    return _PADDING.sub("", single)


def is_name(text: str) -> bool:
    """Return whether a tidy text can be a name: 2 to 60 letters of any script and what joins them."""
    has_letter = any(category(sign)[0] == "L" for sign in text)
    is_all_name = all(sign in _JOINERS or (category(sign)[0] in "LM" and sign not in _BLANK_LETTERS) for sign in text)
    return SHORTEST <= len(text) <= LONGEST and has_letter and is_all_name


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
