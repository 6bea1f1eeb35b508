"""What the words of a message leave open is filled from its facts: known names only, and nothing is evaluated."""

import pytest
from flask import Flask

from app.messages.models import MessageKind
from app.messages.placeholders import filled, find, names_in, of_kind
from app.messages.wording import built_in
from app.messages.words import EDITABLE

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
FACTS = {"name": "林晓雨", "event": "文化日", "starts_at": "2026-11-28T01:00:00+00:00"}


def test_a_name_counts_in_both_languages(inside: Flask) -> None:
    assert filled("{姓名}：{活动}", FACTS) == filled("{name}：{event}", FACTS) == "林晓雨：文化日"


def test_a_moment_is_written_as_a_wall_clock_shows_it(inside: Flask) -> None:
    assert filled("{时间}", FACTS).endswith("09:00")
    assert filled("{when}", FACTS | {"ends_at": "2026-11-28T03:00:00+00:00"}).endswith("09:00–11:00")


@pytest.mark.parametrize("line", ["{原因}", "原因：{原因}", "Reason: {reason}", "· {原因}（{原地点}）"])
def test_a_line_that_would_say_nothing_is_left_out(inside: Flask, line: str) -> None:
    assert filled(f"第一行\n{line}\n第三行", FACTS) == "第一行\n第三行"


@pytest.mark.parametrize("line", ["请带水杯。{原因}", "场地：三楼。原因：{原因}", "{姓名}，原因：{原因}"])
def test_a_line_that_says_something_else_stays(inside: Flask, line: str) -> None:
    assert len(filled(f"第一行\n{line}\n第三行", FACTS).splitlines()) == 3


@pytest.mark.parametrize("text", ["{密码}", "{name.__class__}", "{0}", "{name!r}", "%(name)s", "{{config}}", "{"])
def test_nothing_else_is_filled_in_or_evaluated(inside: Flask, text: str) -> None:
    assert filled(text, FACTS) == text


def test_what_a_fact_says_is_not_filled_in_again(inside: Flask) -> None:
    assert filled("{姓名}", FACTS | {"name": "{活动}"}) == "{活动}"


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("kind", EDITABLE)
def test_the_words_of_the_program_leave_open_only_what_their_kind_has(
    inside: Flask, kind: MessageKind, language: str
) -> None:
    words = built_in(kind, language)
    assert words.subject
    assert words.body
    assert {find(name) for name in names_in(words.subject + words.body)} <= set(of_kind(kind))
