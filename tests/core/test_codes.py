"""Codes that people show, type and read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codes import ALPHABET, LENGTH, fingerprint, grouped, new_code, read_code

CODE = "7Q3KXF9MT2AB5CDE"
codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_new_code_is_sixteen_signs_that_nobody_confuses() -> None:
    code = new_code()
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("OILU")


def test_codes_do_not_repeat() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000


@given(codes)
def test_a_code_is_read_back_from_the_groups_it_is_shown_in(code: str) -> None:
    assert read_code(grouped(code)) == code
    assert read_code(grouped(code).lower()) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        f"  {CODE}\n",
        "7q3k-xf9m-t2ab-5cde",
        f"HTTPS://TONGXING.EXAMPLE/P/{CODE}",
        f"https://tongxing.example/P/{CODE}/",
        f"https://tongxing.example/P/{CODE}?from=wechat",
    ],
)
def test_a_code_is_found_in_what_was_typed_or_scanned(typed: str) -> None:
    assert read_code(typed) == CODE


def test_the_letters_that_look_like_digits_are_forgiven() -> None:
    assert read_code("OIL0" + "1" * 12) == "0110" + "1" * 12


@pytest.mark.parametrize("typed", ["", " ", CODE[:-1], CODE + "0", "U" * 16, "https://pay.example/" + "é" * 16])
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_codes_are_shown_in_groups_of_four() -> None:
    assert grouped(CODE) == "7Q3K XF9M T2AB 5CDE"


def test_a_fingerprint_is_the_same_each_time_and_does_not_tell_the_secret() -> None:
    assert fingerprint("secret") == fingerprint("secret")
    assert fingerprint("secret") != fingerprint("secret ")
    assert "secret" not in fingerprint("secret")
