"""Numbers of identity documents: what they look like, and what an identity card's says by itself.

Those of 18 signs follow GB 11643—1999: region, date of birth, order (odd for men), check sign (ISO 7064, MOD 11-2).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.core.typed import half_width
from app.people.models import Gender
from app.trips.documents.problems import (
    NoSuchBirthday,
    WrongCheckSign,
    WrongLength,
    WrongPassport,
    WrongPermit,
    WrongRegion,
    WrongResidence,
    WrongTaiwanPermit,
)


class DocumentKind(StrEnum):
    """With what somebody travels inside the country."""

    IDENTITY_CARD = "identity_card"  # 居民身份证; children without one have its number in the household register
    PASSPORT = "passport"
    HOME_RETURN = "home_return"  # 港澳居民来往内地通行证
    TAIWAN = "taiwan"  # 台湾居民来往大陆通行证
    RESIDENCE = "residence"  # 港澳台居民居住证


@dataclass(frozen=True)
class Read:
    """A number as it is stored, and what it says by itself; the number stands in no trace of an error."""

    number: str = field(repr=False)
    born_on: date | None = field(default=None, repr=False)
    gender: Gender | None = None


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_REGIONS = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
}
_RESIDENCES = {"81", "82", "83"}  # Hong Kong, Macao, Taiwan
_NOT_A_SIGN = re.compile(r"[\s\-–—()（）·.]+")


def read_number(kind: DocumentKind, typed: str) -> Read:
    """Return what a document's number says. Raises the `Problem` that says in plain words what is wrong with it."""
    return _READERS[kind](_NOT_A_SIGN.sub("", half_width(typed)).upper())


def _identity_card(number: str) -> Read:
    read = _of_eighteen(number)
    if number[:2] not in _REGIONS:
        raise WrongRegion
    return read


def _residence(number: str) -> Read:
    read = _of_eighteen(number)
    if number[:2] not in _RESIDENCES:
        raise WrongResidence
    return read


def _of_eighteen(number: str) -> Read:
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise WrongLength(count=len(number))
    try:
        born_on = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        raise NoSuchBirthday from None
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    if number[17] != _CHECK_SIGNS[total % 11]:
        raise WrongCheckSign
    return Read(number, born_on, Gender.MALE if int(number[16]) % 2 else Gender.FEMALE)


def _passport(number: str) -> Read:
    if not re.fullmatch(r"(?=.*\d)[A-Z0-9]{5,12}", number, re.ASCII):
        raise WrongPassport
    return Read(number)


def _home_return(number: str) -> Read:
    if not re.fullmatch(r"[HM]\d{8}(\d{2})?", number, re.ASCII):
        raise WrongPermit
    return Read(number)


def _taiwan(number: str) -> Read:
    if not re.fullmatch(r"\d{8}", number, re.ASCII):
        raise WrongTaiwanPermit
    return Read(number)


_READERS: dict[DocumentKind, Callable[[str], Read]] = {
    DocumentKind.IDENTITY_CARD: _identity_card,
    DocumentKind.PASSPORT: _passport,
    DocumentKind.HOME_RETURN: _home_return,
    DocumentKind.TAIWAN: _taiwan,
    DocumentKind.RESIDENCE: _residence,
}
