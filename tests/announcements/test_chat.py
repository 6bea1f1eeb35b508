"""What is pasted into a chat group: complete by itself, 300 characters at most, in either language."""

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from app.announcements.chat import chat_text
from app.announcements.operations import Words
from app.core.languages import LANGUAGES
from app.events.group_chat import LONGEST
from tests.announcements.conftest import STORM, WORDS, Scene

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
ADDRESS = "https://tongxing.example/events/1234567"


def test_it_says_what_when_where_and_the_address(inside: Flask, scene: Scene) -> None:
    lines = chat_text(WORDS, scene.event, ADDRESS).splitlines()
    assert lines[:3] == ["集合地点改了", "改到东门集合。", "古镇文化交流日"]
    assert "古镇游客中心" in lines[3]
    assert lines[-1] == ADDRESS


def test_what_is_urgent_says_so(inside: Flask, scene: Scene) -> None:
    assert chat_text(STORM, scene.event, ADDRESS).startswith("【紧急】大风预警")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", [1, 120, 300, 600])
def test_it_is_never_too_long(inside: Flask, scene: Scene, language: str, length: int) -> None:
    words = replace(STORM, subject="长" * 40, body="文" * length)
    with force_locale(language):
        text = chat_text(words, scene.event, ADDRESS)
    assert len(text) <= LONGEST
    assert text.endswith(ADDRESS)
    assert ("…" in text) == (length >= 300)


def test_short_lines_stay_lines(inside: Flask, scene: Scene) -> None:
    assert "一\n二\n三" in chat_text(Words("题", "一\n二\n三"), scene.event, ADDRESS)
