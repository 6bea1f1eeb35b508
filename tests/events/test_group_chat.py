"""What an event's page gives to be pasted into a chat group."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.clock import now
from app.core.languages import LANGUAGES
from app.events import announcing
from app.events.group_chat import LONGEST, chat_text
from app.events.models import Event
from tests.factories import Factory

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
ADDRESS = "https://tongxing.example/events/1234567"


@pytest.fixture
def event(inside: Flask, make: Factory) -> Event:
    """An event as it was planned."""
    return make.event(starts_at=now() + timedelta(days=3), ends_at=now() + timedelta(days=3, hours=2))


def test_at_first_it_says_what_there_is_and_where_one_signs_up(event: Event) -> None:
    lines = chat_text(event, ADDRESS).splitlines()
    assert lines[0] == "古镇文化交流日"
    assert "古镇游客中心" in lines[1]
    assert lines[2].endswith(ADDRESS)


def test_what_was_called_off_says_so_first_and_why(event: Event, make: Factory) -> None:
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    text = chat_text(event, ADDRESS)
    assert text.startswith("【活动取消】古镇文化交流日")
    assert "原因：台风" in text


def test_the_latest_news_comes_first(event: Event, make: Factory) -> None:
    by = event.created_by_id
    make.do(announcing.announce, event.id, "请穿雨鞋", by=by, at=now())
    assert chat_text(event, ADDRESS).startswith("【最新通知】请穿雨鞋")
    make.do(announcing.postpone_event, event.id, event.starts_at + timedelta(days=1), "下雨", by=by, at=now())
    assert chat_text(event, ADDRESS).startswith("【时间改了】下雨")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_never_too_long(event: Event, make: Factory, language: str) -> None:
    event.title, event.place = "题" * 80, "地" * 120
    make.do(announcing.cancel_event, event.id, "因" * 300, by=event.created_by_id, at=now())
    with force_locale(language):
        text = chat_text(event, ADDRESS)
    assert len(text) <= LONGEST
    assert text.endswith(ADDRESS)
