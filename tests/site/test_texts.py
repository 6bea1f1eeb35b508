"""The texts that come with the program, and how any text is laid out."""

import re

import pytest

from app.core.languages import CHINESE, ENGLISH
from app.site.models import TextKey
from app.site.texts import Block, blocks, default_text, filled

TEXTS = [(key, language) for key in TextKey for language in (CHINESE, ENGLISH)]


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_a_text_comes_with_the_program_in_both_languages(key: TextKey, language: str) -> None:
    found = blocks(default_text(key, language))
    assert sum(block.kind == "heading" for block in found) >= 3
    assert all(line.strip() for block in found for line in block.lines)


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_it_names_the_operator_and_whom_to_ask_and_nothing_else_is_left_open(key: TextKey, language: str) -> None:
    text = filled(default_text(key, language), {"operator": "青少年宫", "contact": "0573-88001234"})
    assert "青少年宫" in text
    assert "0573-88001234" in text
    assert re.findall(r"[{}\[\]【】]|TODO|XX", text) == []


@pytest.mark.parametrize("key", TextKey)
def test_both_languages_have_the_same_parts(key: TextKey) -> None:
    chinese, english = (blocks(default_text(key, language)) for language in (CHINESE, ENGLISH))
    assert [(block.kind, len(block.lines)) for block in chinese] == [(one.kind, len(one.lines)) for one in english]


@pytest.mark.parametrize("word", ["十四周岁", "监护人", "目的", "保存", "删除", "撤回", "投诉", "个人信息保护法"])
def test_the_privacy_policy_says_what_the_law_asks_for(word: str) -> None:
    text = default_text(TextKey.PRIVACY, CHINESE)
    assert word in text or (word == "目的" and "用来做什么" in text)


def test_a_line_is_a_paragraph_a_heading_or_an_item_of_a_list() -> None:
    text = "# 一、我们\r\n\n第一段\n  第二段  \n- 甲\n- 乙\n完\n- 丙\n#不是标题\n-5 度"
    assert blocks(text) == [
        Block("heading", ("一、我们",)),
        Block("paragraph", ("第一段",)),
        Block("paragraph", ("第二段",)),
        Block("list", ("甲", "乙")),
        Block("paragraph", ("完",)),
        Block("list", ("丙",)),
        Block("paragraph", ("#不是标题",)),
        Block("paragraph", ("-5 度",)),
    ]


def test_only_our_own_places_are_filled_in() -> None:
    names = {"operator": "{contact}", "contact": "电话"}
    assert filled("{operator} {contact} {secret} {0} %s", {**names, "operator": "宫"}) == "宫 电话 {secret} {0} %s"
