"""What things are searched by: the beginning of a name, as written, by pinyin and by initials."""

from typing import Any
from unicodedata import category, normalize

from sqlalchemy import ColumnElement, String, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.core.sounds import Style, lazy_pinyin

# Compared byte by byte on both engines, so that "begins with" is a range of an index.
Key = String().with_variant(String(collation="C"), "postgresql")
_LAST = "\U0010ffff"


def written(text: str) -> str:
    """Return a text as it is compared: small letters, without gaps and signs."""
    return "".join(sign for sign in normalize("NFKC", text).casefold() if category(sign)[0] in "LMN")


def pinyin(text: str) -> str:
    """Return how a text sounds: ``guzhenwenhuari`` for 古镇文化日."""
    return "".join(_syllables(text))


def initials(text: str) -> str:
    """Return the first letters: ``gzwhr`` for 古镇文化日."""
    return "".join(syllable[0] for syllable in _syllables(text))


def begins_with(typed: str, *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Return the condition that one of these keys begins with a text that `written` has made comparable."""
    return or_(*(and_(column >= typed, column <= typed + _LAST) for column in columns))


def _syllables(text: str) -> list[str]:
    syllables = lazy_pinyin(normalize("NFKC", text), style=Style.NORMAL, errors="default")
    return [written(one) for one in " ".join(syllables).split() if written(one)]
