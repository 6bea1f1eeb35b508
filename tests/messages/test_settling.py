"""Plans that change twice in a few minutes are told once, as they are in the end."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.messages.models import Channel, Delivery, Message, MessageKind
from app.messages.operations import read_message
from app.messages.sending import DELIVER, News, Reader
from app.messages.settling import tell_latest
from tests.factories import Factory
from tests.letters import letters

MINUTE = timedelta(minutes=1)
CHANGED = MessageKind.CHANGED


class Changes:
    """One person's place, and what changes about it."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.registration = make.registration()
        self.unit = make.organisation().id

    def tell(self, at: datetime, kind: MessageKind = CHANGED, **facts: object) -> int:
        """Tell what changed."""
        news = News(kind, self.unit, facts, self.registration.slot.event_id)
        return self.make.do(tell_latest, news, [Reader(self.registration.person_id, self.registration.id)], at=at)

    @property
    def told(self) -> list[dict[str, object]]:
        """The facts of what was told, the first one first."""
        return [message.facts for message in letters(self.registration.person_id, CHANGED)]

    def first(self) -> Message:
        """The first message."""
        return letters(self.registration.person_id, CHANGED)[0]


def send(message_id: int, user_id: int) -> None:
    """Let a message have left the house; an operation."""
    address = {"user_id": user_id, "channel": Channel.EMAIL, "address": "a@example.cn"}
    db.session.add(Delivery(message_id=message_id, made_at=now(), **address))


def test_what_is_said_later_takes_the_place_of_what_nobody_has_read(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    assert changes.tell(at, place="二楼", old_place="一楼") == 1
    assert changes.tell(at + 8 * MINUTE, place="三楼", old_place="二楼", time="早") == 1
    assert changes.told == [{"place": "三楼", "old_place": "一楼", "time": "早"}]


def test_what_changed_in_two_steps_is_told_together(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼", time="早", old_time="早")
    changes.tell(at + MINUTE, place="二楼", old_place="二楼", time="晚", old_time="早")
    assert changes.told == [{"place": "二楼", "old_place": "一楼", "time": "晚", "old_time": "早"}]


def test_what_is_back_to_where_it_was_is_not_told_at_all(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼")
    assert changes.tell(at + MINUTE, place="一楼", old_place="二楼") == 0
    assert changes.told == []


def test_what_has_been_read_is_followed_by_another_message(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼")
    make.do(read_message, changes.first().id, changes.registration.registered_by_id, at=at)
    changes.tell(at + MINUTE, place="一楼", old_place="二楼")
    assert [facts["place"] for facts in changes.told] == ["二楼", "一楼"]


def test_what_has_left_the_house_is_followed_by_another_message(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼")
    make.do(send, changes.first().id, make.user().id)
    changes.tell(at + MINUTE, place="三楼", old_place="二楼")
    assert [facts["place"] for facts in changes.told] == ["二楼", "三楼"]


def test_ten_minutes_later_it_is_another_message(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    for later, floor in ((0, "二楼"), (5, "三楼"), (10, "四楼")):
        changes.tell(at + later * MINUTE, place=floor, old_place="一楼")
    assert [facts["place"] for facts in changes.told] == ["三楼", "四楼"]


def test_news_of_another_kind_stand_beside_it(inside: Flask, make: Factory) -> None:
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼")
    changes.tell(at, MessageKind.RAIN_PLAN, rain_plan="去二楼", old_rain_plan="")
    assert len(letters(changes.registration.person_id)) == 3  # with that of the sign-up


def test_what_did_not_change_is_not_told(inside: Flask, make: Factory) -> None:
    changes = Changes(make)
    assert changes.tell(now(), place="一楼", old_place="一楼") == 0
    assert changes.told == []


def test_the_channels_wait_until_it_has_settled(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(inside.config, "CHANNELS", [Channel.EMAIL])
    changes, at = Changes(make), now()
    changes.tell(at, place="二楼", old_place="一楼")
    (job,) = db.session.scalars(select(Job).where(Job.kind == DELIVER, Job.run_at > at + MINUTE)).all()
    assert (job.run_at, job.payload) == (at + 10 * MINUTE, {"messages": [changes.first().id]})
