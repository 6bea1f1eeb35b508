"""Passwords."""

import pytest

from app.accounts.passwords import hash_password, is_right


def test_only_the_same_password_is_right() -> None:
    stored = hash_password("一个好记的密码")
    assert is_right(stored, "一个好记的密码")
    assert not is_right(stored, "一个好记的密码 ")
    assert not is_right(stored, "")


def test_the_same_password_is_never_stored_the_same_way() -> None:
    assert hash_password("one password") != hash_password("one password")


def test_a_password_is_hashed_as_owasp_asks() -> None:
    assert hash_password("one password").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("stored", ["", "one password"])
def test_what_is_no_hash_is_opened_by_nothing(stored: str) -> None:
    assert not is_right(stored, "one password")
