"""What people type into the one sign-in field."""

import pytest

from app.accounts.identifiers import Way, read_identifier


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800138000", (Way.PHONE, "13800138000")),
        ("138 0013 8000", (Way.PHONE, "13800138000")),
        ("138-0013-8000", (Way.PHONE, "13800138000")),
        ("+86 13800138000", (Way.PHONE, "13800138000")),
        ("１３８００１３８０００", (Way.PHONE, "13800138000")),
        ("+852 5123 4567", (Way.PHONE, "+85251234567")),
        ("Su.Laoshi@Example.CN", (Way.EMAIL, "su.laoshi@example.cn")),
        (" su@example.cn ", (Way.EMAIL, "su@example.cn")),
        ("ｓｕ＠example.cn", (Way.EMAIL, "su@example.cn")),
        ("苏小禾", (Way.LOGIN_NAME, "苏小禾")),
        ("Su.Xiaohe", (Way.LOGIN_NAME, "su.xiaohe")),
        ("qzx-0042", (Way.LOGIN_NAME, "qzx-0042")),
    ],
)
def test_a_phone_an_email_or_a_name_is_known_by_its_shape(typed: str, stored: tuple[Way, str]) -> None:
    assert read_identifier(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "123456", "1380013800", "苏 小禾", "su@", "@example.cn", "a@b@c", "x" * 41, "a/b"]
)
def test_anything_else_is_none_of_them(typed: str) -> None:
    assert read_identifier(typed) is None
