"""What the demo county's hosts told people lately: what to bring, and something urgent that not everybody has seen."""

from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import ColumnElement, select

from app.announcements.group import Group
from app.announcements.leaving import tell
from app.announcements.meant import meant_by, names_in, registrations_meant
from app.announcements.operations import UNDO, Words
from app.core.changes import note_change
from app.core.clock import SHANGHAI, local_day
from app.core.db import db
from app.demo.events import Idea
from app.events.models import Event
from app.messages.models import Announcement, Message

_WARNED_BEFORE = timedelta(minutes=50)


def announce_to_people(random: Random, idea: Idea, event: Event, *, by: int, at: datetime) -> None:
    """Tell the people of an event what its idea has to say to them, and let most of them read it.

    Most of them also read that an event was called off.
    """
    if event.is_cancelled:
        _let_most_read(random, (Message.event_id == event.id) & Message.is_urgent, by)
        return
    if idea.told:
        when, subject, body = idea.told
        _send(random, event, Words(subject, body), by=by, at=_moment(when, at))
    if idea.warned:
        _send(random, event, Words(*idea.warned, True), by=by, at=at - _WARNED_BEFORE)


def _moment(text: str, at: datetime) -> datetime:
    days, clock = text.split()
    return datetime.combine(local_day(at) + timedelta(days=int(days)), time.fromisoformat(clock), SHANGHAI)


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
