"""Ethnicity, religion and numbers of papers are never asked for; what only sounds like it is."""

import pytest

from app.questions.never_asked import never_asked_in


@pytest.mark.parametrize(
    "text",
    [
        "你的民族",
        "民 族：",
        "什么民族？",
        "是什么族的",
        "宗教信仰",
        "信什么教",
        "身份证号",
        "孩子身份证 号码",
        "证件号码",
        "护照号",
        "一寸证件照",
        "户口本照片",
        "Ethnicity",
        "your religion",
        "ID number",
        "Passport no.",
    ],
)
def test_what_is_never_asked_is_found(text: str) -> None:
    assert never_asked_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "会跳民族舞吗？",
        "民族中学门口",
        "想看民族服装展吗？",
        "T恤穿多大的？",
        "号码是多少",
        "Which size do you wear?",
        "What did you say to him?",
        "",
    ],
)
def test_what_only_sounds_like_it_may_be_asked(text: str) -> None:
    assert never_asked_in(text) == ""
