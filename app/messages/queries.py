"""One's messages, and what staff sees of them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db, table_of
from app.messages.models import Message, UnopenedMessage
from app.people.models import ActsFor

PAGE = 20
_MESSAGE, _ACTS_FOR, _UNOPENED = table_of(Message), table_of(ActsFor), table_of(UnopenedMessage)


def messages_for(user_id: int) -> Select[Message]:
    """Return the messages to the persons an account acts for, with all that their words need."""
    theirs = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    return _with_words(select(Message).where(Message.person_id.in_(theirs)))


def inbox(
    user_id: int, person_ids: Sequence[int], *, only_unread: bool, before: int | None
) -> tuple[Sequence[Message], int | None]:
    """Return a page of the messages to an account's persons, the newest first, and, if there is more, the id before
    which the next page starts. The persons are named one by one: PostgreSQL may read all messages of a county to join
    those of an account."""
    statement = _with_words(select(Message).where(Message.person_id.in_(person_ids))).order_by(Message.id.desc())
    if only_unread:
        left = select(UnopenedMessage.message_id).where(UnopenedMessage.user_id == user_id)
        statement = statement.where(or_(Message.read_at.is_(None), Message.id.in_(left)))
    if before:
        statement = statement.where(Message.id < before)
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def new_to(user_id: int, found: Sequence[Message]) -> set[int]:
    """Return which messages an account has not opened: nobody has, or only somebody else of the family."""
    others = [one.id for one in found if one.read_at]
    mine = (UnopenedMessage.user_id == user_id, UnopenedMessage.message_id.in_(others))
    left = db.session.scalars(select(UnopenedMessage.message_id).where(*mine)) if others else ()
    return {one.id for one in found if not one.read_at} | set(left)


def together(found: Sequence[Message], new: Collection[int]) -> list[tuple[Message, list[str]]]:
    """Return messages with the names of those they are about: an announcement to several of one's children is one,
    the one of them that is new."""
    rows: list[tuple[Message, list[str]]] = []
    for message in found:
        before, names = rows[-1] if rows else (None, [])
        if before and before.announcement_id and before.announcement_id == message.announcement_id:
            rows[-1] = (before if before.id in new else message, [message.person.name, *names])
        else:
            rows.append((message, [message.person.name]))
    return rows


def names_told(message: Message, user_id: int) -> list[str]:
    """Return the names of those a message is about: of an announcement all whom an account acts for."""
    if message.announcement_id is None:
        return [message.person.name]
    same = messages_for(user_id).where(Message.announcement_id == message.announcement_id).order_by(Message.id)
    return [one.person.name for one in db.session.scalars(same)]


def how_many_unread(user_id: int) -> int:
    """Return how many messages an account has not read yet: plain columns, for every page of whoever is signed in."""
    mine = (
        select(func.count())
        .select_from(_ACTS_FOR)
        .join(_MESSAGE, _MESSAGE.c.person_id == _ACTS_FOR.c.person_id)
        .where(_ACTS_FOR.c.user_id == user_id)
    )
    unread = mine.where(_MESSAGE.c.read_at.is_(None)).scalar_subquery()
    left = mine.join(_UNOPENED, (_UNOPENED.c.message_id == _MESSAGE.c.id) & (_UNOPENED.c.user_id == user_id))
    return int(db.session.connection().scalar(select(unread + left.scalar_subquery())) or 0)


def messages_about(person_id: int, event_id: int) -> list[Message]:
    """Return what somebody was told about an event, the latest first."""
    told = _with_words(select(Message).where(Message.person_id == person_id, Message.event_id == event_id))
    return list(db.session.scalars(told.order_by(Message.id.desc())))


def _with_words(statement: Select[Message]) -> Select[Message]:
    return statement.options(
        joinedload(Message.person, innerjoin=True),
        joinedload(Message.organisation, innerjoin=True),
        joinedload(Message.template),
    )
