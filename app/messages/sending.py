"""Telling people something: a row in the transaction that causes it, and work for the channels if there are any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, exists, insert, select

from app.core.db import db, table_of
from app.core.jobs import Urgency, enqueue, enqueue_all
from app.core.last_writes import write_last
from app.messages.models import Contact, Message, MessageKind, MessageTemplate
from app.people.models import ActsFor

DELIVER = "messages.deliver"  # the kind of job that takes messages to the channels
_CHUNK = 25  # messages that one such job takes when many are told the same: on SQLite nobody else writes meanwhile
_MESSAGE, _TEMPLATE = table_of(Message), table_of(MessageTemplate)


@dataclass(frozen=True)
class News:
    """What is told: its kind, which unit tells it, and the frozen facts that its words need.

    Facts are JSON: moments as ISO strings in UTC; never a phone number or a birth date. The channels wait for
    ``settles_in``, see `app.messages.settling`.
    """

    kind: MessageKind
    organisation_id: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    event_id: int | None = None
    announcement_id: int | None = None
    is_urgent: bool = False
    settles_in: timedelta = timedelta()


@dataclass(frozen=True)
class Reader:
    """Who is told, on account of which place; whoever was told under the name ``once`` is not told again."""

    person_id: int
    registration_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)  # what differs from reader to reader
    once: str | None = None


def tell(news: News, reader: Reader, *, at: datetime, is_last: bool = False) -> None:
    """Tell one person something; to be run in the transaction that causes it. With ``is_last`` nothing that follows
    asks for it there, and it may travel with the commit."""
    values = _row(news, reader, at) | {"teller": news.organisation_id, "told": news.kind}
    connection = db.session.connection()
    if _has_channels() and connection.execute(_IS_REACHED, {"reader": reader.person_id}).scalar():
        key: Any = connection.execute(_TELL, values).inserted_primary_key
        enqueue(
            DELIVER, {"messages": [key[0]]}, at=at, run_at=at + news.settles_in, urgency=_urgency(news, Urgency.NORMAL)
        )
    elif is_last:
        write_last(db.session(), _TELL_WITHOUT_A_WORD, values)
    else:
        connection.execute(_TELL_WITHOUT_A_WORD, values)


def tell_all(news: News, readers: Iterable[Reader], *, at: datetime) -> int:
    """Tell many people the same; those who were told under the same name before are left out. Returns how many."""
    new = _not_told_before(list(readers))
    if not new:
        return 0
    words = db.session.scalar(_CURRENT_WORDS, {"teller": news.organisation_id, "told": news.kind})
    rows = [_row(news, reader, at) | {"template_id": words} for reader in new]
    told = list(db.session.connection().scalars(insert(_MESSAGE).returning(_MESSAGE.c.id), rows))
    if _has_channels():
        chunks = ({"messages": told[start : start + _CHUNK]} for start in range(0, len(told), _CHUNK))
        enqueue_all(DELIVER, chunks, at=at, run_at=at + news.settles_in, urgency=_urgency(news, Urgency.BULK))
    return len(told)


def _row(news: News, reader: Reader, at: datetime) -> dict[str, Any]:
    return {
        "person_id": reader.person_id,
        "kind": news.kind,
        "organisation_id": news.organisation_id,
        "facts": {**news.facts, **reader.facts},
        "event_id": news.event_id,
        "registration_id": reader.registration_id,
        "announcement_id": news.announcement_id,
        "is_urgent": news.is_urgent,
        "once": reader.once,
        "sent_at": at,
    }


def _not_told_before(readers: Sequence[Reader]) -> list[Reader]:
    names = [reader.once for reader in readers if reader.once]
    known: set[str | None] = set()
    for start in range(0, len(names), _NAMES):
        some = names[start : start + _NAMES]
        known |= set(db.session.scalars(select(Message.once).where(Message.once.in_(some))))
    return [reader for reader in readers if reader.once is None or reader.once not in known]


def _urgency(news: News, otherwise: Urgency) -> Urgency:
    return Urgency.NOW if news.is_urgent else otherwise


def _has_channels() -> bool:
    return bool(current_app.config.get("CHANNELS"))


_NAMES = 5000  # that one statement may ask for
_CURRENT_WORDS = select(_TEMPLATE.c.id).where(
    _TEMPLATE.c.organisation_id == bindparam("teller"),
    _TEMPLATE.c.kind == bindparam("told"),
    _TEMPLATE.c.replaced_at.is_(None),
)
# Nobody is sent what nobody asked for: a job for each of those who sign up at once would fill the queue with nothing.
_IS_REACHED = select(
    exists().where(ActsFor.person_id == bindparam("reader"), Contact.user_id == ActsFor.user_id, Contact.is_on)
)
# built once: when sign-up opens, everybody is told something at the same second
_TELL = insert(_MESSAGE).values(template_id=_CURRENT_WORDS.scalar_subquery())
_TELL_WITHOUT_A_WORD = _TELL.inline()  # nobody asks for its number
