"""What numbers of documents look like, and what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.models import Gender
from app.trips.documents.numbers import DocumentKind, read_number
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
from tests.travel import identity_number

CARD, PASSPORT, PERMIT = DocumentKind.IDENTITY_CARD, DocumentKind.PASSPORT, DocumentKind.HOME_RETURN
GIVEN = "11010519491231002X"  # the example of GB 11643—1999


@pytest.mark.parametrize(
    "typed", [GIVEN, "11010519491231002x", "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_the_example_of_the_standard_holds_however_it_is_typed(typed: str) -> None:
    read = read_number(CARD, typed)
    assert (read.number, read.born_on, read.gender) == (GIVEN, date(1949, 12, 31), Gender.FEMALE)


def test_an_odd_order_is_a_mans() -> None:
    assert read_number(CARD, identity_number(date(2012, 5, 18), order="013")).gender is Gender.MALE


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        (CARD, GIVEN[:-1], WrongLength),
        (CARD, "A" + GIVEN[1:], WrongLength),
        (CARD, "110105194912310021", WrongCheckSign),
        (CARD, "110105194913310021", NoSuchBirthday),
        (CARD, identity_number(date(2012, 5, 18), region="990101"), WrongRegion),
        (CARD, identity_number(date(2012, 5, 18), region="810000"), WrongRegion),
        (DocumentKind.RESIDENCE, GIVEN, WrongResidence),
        (PASSPORT, "E1", WrongPassport),
        (PASSPORT, "ABCDEFGH", WrongPassport),
        (PERMIT, "C12345678", WrongPermit),
        (DocumentKind.TAIWAN, "1234567", WrongTaiwanPermit),
    ],
)
def test_what_is_wrong_is_said_in_words(kind: DocumentKind, typed: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read_number(kind, typed)


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (PASSPORT, " e12345678 ", "E12345678"),
        (PERMIT, "h 1234 5678", "H12345678"),
        (DocumentKind.TAIWAN, "12345678", "12345678"),
        (DocumentKind.RESIDENCE, identity_number(date(2012, 5, 18), region="830000"), None),
    ],
)
def test_other_documents_are_read_too(kind: DocumentKind, typed: str, number: str | None) -> None:
    assert read_number(kind, typed).number == (number or typed)


@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_digit_mistyped_is_always_found(born_on: date, order: int, place: int, more: int) -> None:
    number = identity_number(born_on, order=f"{order:03}")
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises((WrongCheckSign, NoSuchBirthday, WrongRegion)):
        read_number(CARD, wrong)


def test_a_number_stands_in_no_trace_of_an_error() -> None:
    assert GIVEN not in repr(read_number(CARD, GIVEN))
