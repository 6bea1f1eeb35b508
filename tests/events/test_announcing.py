"""Announcements and rain: what is said, since when, and how it is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import announcing, planning, problems
from app.events.history import history_of
from app.events.models import Event
from app.events.plans import plan_of, words_of
from tests.factories import Factory

HOUR = timedelta(hours=1)


def read(event: Event) -> Event:
    """Return an event, read anew."""
    db.session.expire_all()
    return db.session.get_one(Event, event.id)


def with_rain_plan(make: Factory, text: str = "改在礼堂") -> Event:
    """Make an event that says what happens if it rains."""
    event = make.event()
    words = replace(words_of(event), rain_plan=text)
    make.do(planning.edit_event, event.id, words, by=event.created_by_id, at=now())
    return event


def test_an_announcement_has_its_moment_and_goes_without_a_trace_on_the_page(inside: Flask, make: Factory) -> None:
    event, at = make.event(), now()
    for moment in (at, at + HOUR):
        make.do(announcing.announce, event.id, "请穿雨鞋", by=event.created_by_id, at=moment)
    assert (read(event).notice, read(event).noticed_at) == ("请穿雨鞋", at)
    make.do(announcing.announce, event.id, "", by=event.created_by_id, at=at)
    assert (read(event).notice, read(event).noticed_at) == ("", None)


def test_the_rain_plan_holds_from_its_first_moment_until_it_is_taken_back(inside: Flask, make: Factory) -> None:
    event, at = with_rain_plan(make), now()
    for moment in (at, at + HOUR):
        make.do(announcing.begin_rain_plan, event.id, by=event.created_by_id, at=moment)
    assert read(event).rain_since == at
    for _ in range(2):
        make.do(announcing.end_rain_plan, event.id, by=event.created_by_id, at=at)
    assert read(event).rain_since is None


def test_without_a_rain_plan_there_is_nothing_to_switch_to(inside: Flask, make: Factory) -> None:
    event = make.event()
    with pytest.raises(problems.NoRainPlan):
        make.do(announcing.begin_rain_plan, event.id, by=event.created_by_id, at=now())


def test_a_rain_plan_that_is_deleted_holds_no_longer(inside: Flask, make: Factory) -> None:
    event = with_rain_plan(make)
    make.do(announcing.begin_rain_plan, event.id, by=event.created_by_id, at=now())
    words = replace(words_of(read(event)), rain_plan="")
    make.do(planning.edit_event, event.id, words, by=event.created_by_id, at=now())
    assert read(event).rain_since is None


def test_everything_that_happens_is_told_once_the_latest_first(inside: Flask, make: Factory) -> None:
    event = with_rain_plan(make)
    by, at = event.created_by_id, now()
    slot = read(event).slots[0]
    make.do(planning.edit_slot, slot.id, replace(plan_of(slot), capacity=40), by=by, at=at)
    for _ in range(2):
        make.do(announcing.begin_rain_plan, event.id, by=by, at=at)
        make.do(announcing.announce, event.id, "请穿雨鞋", by=by, at=at)
        make.do(announcing.cancel_event, event.id, "台风", by=by, at=at)
    make.do(announcing.resume_event, event.id, by=by, at=at)
    told = [sentence for _change, sentences in history_of(read(event)) for sentence in sentences]
    assert told == [
        "撤回了取消",
        "取消了活动：台风",
        "发了公告：请穿雨鞋",
        "已启用雨天方案",
        "上午场 · 名额：30 → 40",
        "雨天方案：– → 改在礼堂",
        "已发布",
        "建立了草稿",
    ]
