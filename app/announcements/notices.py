"""What was told urgently about an event, and how many people do not know it yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from app.announcements.queries import REACHED, SEEN, Tally
from app.core.db import db
from app.core.finding import read_id_or_none
from app.events.models import PLACED, Event, Registration
from app.events.search import as_word
from app.messages.models import Announcement, Message, MessageKind
from app.people.models import Enrolment

_ANNOUNCEMENT = "announcement-"
_WORDS = {
    MessageKind.CANCELLED: _l("Cancellation"),
    MessageKind.RESUMED: _l("Takes place after all"),
    MessageKind.CHANGED: _l("Change of time or place"),
    MessageKind.RAIN_PLAN: _l("Rain plan"),
}


@dataclass(frozen=True)
class Scope:
    """Whose knowing is followed up: everybody with a place in an event, or of them a school's own pupils."""

    event_id: int
    school_id: int | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """The urgent messages, with their registrations, that belong to it."""
        of_event = and_(Message.event_id == self.event_id, Message.is_urgent, Registration.state.in_(PLACED))
        return of_event if self.school_id is None else and_(of_event, _is_pupil(self.school_id))


@dataclass(frozen=True)
class Told:
    """One thing that was told urgently: an announcement, or a kind of message, of which each person's last counts."""

    kind: MessageKind
    announcement_id: int | None = None

    @property
    def key(self) -> str:
        """What it is called in an address."""
        return f"{_ANNOUNCEMENT}{self.announcement_id}" if self.announcement_id else str(self.kind)

    @property
    def condition(self) -> ColumnElement[bool]:
        """The messages that say it."""
        return and_(Message.kind == self.kind, Message.announcement_id.is_not_distinct_from(self.announcement_id))


@dataclass(frozen=True)
class Notice:
    """The same with what it is called, when it was told last, and how many know; ``subject`` as it was typed."""

    told: Told
    subject: str
    sent_at: datetime
    tally: Tally

    @property
    def words(self) -> str | LazyString:
        """What it is called on pages."""
        return self.subject or _WORDS.get(self.told.kind, _l("Urgent message"))


def read_told(text: str | None) -> Told | None:
    """Return what an address names, or None for anything else."""
    if text and text.startswith(_ANNOUNCEMENT):
        number = read_id_or_none(text.removeprefix(_ANNOUNCEMENT))
        return Told(MessageKind.ANNOUNCEMENT, number) if number else None
    kind = as_word(MessageKind, text)
    return Told(kind) if kind and kind is not MessageKind.ANNOUNCEMENT else None


def notices(scope: Scope) -> list[Notice]:
    """Return what was told urgently, the latest first, in one statement."""
    said = (Message.kind, Message.announcement_id, Announcement.subject)
    counted = select(*said, func.max(Message.sent_at), func.count(), SEEN, REACHED)
    of_scope = counted.outerjoin(Announcement, Announcement.id == Message.announcement_id)
    of_scope = of_scope.where(Message.id.in_(latest(scope)))
    found = db.session.execute(of_scope.group_by(*said).order_by(func.max(Message.id).desc()))
    return [
        Notice(Told(kind, announcement_id), subject or "", sent_at, Tally(*numbers))
        for kind, announcement_id, subject, sent_at, *numbers in found
    ]


def latest(scope: Scope) -> Select[int]:
    """Return each person's last message about each thing that was told: what was said before it is out of date."""
    return _last_ones(scope.condition)


def events_told_urgently(school_id: int) -> Select[Event]:
    """Return the events of which a school's own pupils were told something urgent."""
    theirs = urgent_messages_of_school(school_id).with_only_columns(Message.event_id)
    return select(Event).where(Event.id.in_(theirs))


def tallies_of_school(school_id: int, events: Iterable[Event]) -> dict[int, Tally]:
    """Return how many of what a school's own pupils were told urgently is known, by event."""
    of_events = and_(_is_urgent_to(school_id), Message.event_id.in_([event.id for event in events]))
    counted = select(Message.event_id, func.count(), SEEN, REACHED).where(Message.id.in_(_last_ones(of_events)))
    found = db.session.execute(counted.group_by(Message.event_id))
    return {event_id: Tally(*numbers) for event_id, *numbers in found if event_id}


def messages_in(scope: Scope) -> Select[Message]:
    """Return the urgent messages of a scope."""
    return _with_places(select(Message)).where(scope.condition)


def urgent_messages_of_hosts(host_ids: frozenset[int]) -> Select[Message]:
    """Return the urgent messages about the events of some hosts."""
    return (
        select(Message).join(Event, Event.id == Message.event_id).where(Message.is_urgent, Event.host_id.in_(host_ids))
    )


def urgent_messages_of_school(school_id: int) -> Select[Message]:
    """Return the urgent messages to a school's own pupils."""
    return _with_places(select(Message)).where(_is_urgent_to(school_id))


def _last_ones(condition: ColumnElement[bool]) -> Select[int]:
    last = _with_places(select(func.max(Message.id))).where(condition)
    return last.group_by(Message.event_id, Message.person_id, Message.kind, Message.announcement_id)


def _with_places(statement: Select[Any]) -> Select[Any]:
    """Join each message's place; the person says the same once more, for that is what messages are found by."""
    of_place = and_(Registration.id == Message.registration_id, Registration.person_id == Message.person_id)
    return statement.join(Registration, of_place)


def _is_urgent_to(school_id: int) -> ColumnElement[bool]:
    return and_(Message.is_urgent, Registration.state.in_(PLACED), _is_pupil(school_id))


def _is_pupil(school_id: int) -> ColumnElement[bool]:
    """Say that a place was taken as a pupil of a school, and that the school has confirmed the pupil."""
    is_confirmed = exists().where(
        Enrolment.person_id == Registration.person_id,
        Enrolment.school_id == school_id,
        Enrolment.confirmed_at.is_not(None),
    )
    return and_(Registration.school_id == school_id, is_confirmed)
