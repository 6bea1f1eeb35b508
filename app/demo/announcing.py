"""What the demo county's hosts told people lately: what to bring, and something urgent that not everybody has seen."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import ColumnElement, select

from app.announcements.group import Group
from app.announcements.leaving import tell
from app.announcements.meant import meant_by, names_in, registrations_meant
from app.announcements.operations import UNDO, Words
from app.core.changes import note_change
from app.core.db import db
from app.events.models import Event
from app.messages.models import Announcement, Message

_SOON = timedelta(days=8)
_BRING = Words("请带水杯和雨衣", "请自带水杯、雨衣，穿运动鞋。现场有饮水点。\n有问题直接打活动页上的电话。")
_STORM = Words(
    "大风预警：室外环节改到室内", "下午有大风，室外环节全部改到室内。\n请走东门，跟着引导员。放学路上注意安全。", True
)


def announce_to_people(random: Random, event: Event, *, by: int, at: datetime) -> None:
    """Tell the people of an event what to bring, and those of the one that goes on now about the storm.

    Most of them read that, and that an event was called off.
    """
    if event.is_cancelled:
        _let_most_read(random, (Message.event_id == event.id) & Message.is_urgent, by)
    if event.is_cancelled or not event.is_published or not at < event.ends_at < at + _SOON:
        return
    _send(random, event, _BRING, by=by, at=min(at, event.starts_at) - timedelta(days=1, hours=2))
    if event.starts_at <= at:
        _send(random, event, _STORM, by=by, at=at - timedelta(minutes=50))


def _send(random: Random, event: Event, words: Words, *, by: int, at: datetime) -> None:
    everybody = Group()
    people = meant_by(event.id, everybody, at).people
    if not people:
        return
    sent = Announcement(
        organisation_id=event.host_id,
        event_id=event.id,
        group=everybody.in_address | names_in(event.id, everybody),
        people=people,
        made_by_id=by,
        made_at=at,
        leaves_at=at + UNDO,
        left_at=at + UNDO,
        **vars(words),
    )
    db.session.add(sent)
    db.session.flush()
    note_change("event", event.id, "told", by=by, at=at, subject=words.subject, people=people)
    tell(sent.id, registrations_meant(event.id, everybody, at), at=at + UNDO)
    _let_most_read(random, Message.announcement_id == sent.id, by)


def _let_most_read(random: Random, which: ColumnElement[bool], by: int) -> None:
    for message in db.session.scalars(select(Message).where(which).order_by(Message.id)):
        chance, moment = random.random(), message.sent_at + timedelta(minutes=random.randint(1, 40))
        if chance < 0.86:
            message.read_at = moment
        elif chance < 0.9 and message.is_urgent:
            message.told_at, message.told_by_id = moment, by
