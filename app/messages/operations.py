"""Reading messages: the first of a family who opens one has told its person; to the others it is new all the same."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from app.core.db import db
from app.messages.models import Message, UnopenedMessage
from app.people.models import ActsFor


def read_message(message_id: int, user_id: int, *, at: datetime) -> None:
    """Note that an account has read a message; the first time counts."""
    _read(Message.id == message_id, user_id, at)


def read_announcement(announcement_id: int, user_id: int, *, at: datetime) -> None:
    """Note that an account has read an announcement, for all whom it acts for: their words are the same."""
    _read((Message.announcement_id == announcement_id) & _is_to(user_id), user_id, at)


def read_all(user_id: int, *, at: datetime) -> None:
    """Note that an account has read all there is for the persons it acts for."""
    _read(_is_to(user_id), user_id, at)


def _read(which: ColumnElement[bool], user_id: int, at: datetime) -> None:
    unread = update(Message).where(which, Message.read_at.is_(None)).values(read_at=at).returning(Message.id)
    opened = db.session.scalars(unread, execution_options={"synchronize_session": False}).all()
    if opened:
        _leave_new_to_others(opened, user_id)
    mine = (UnopenedMessage.user_id == user_id, UnopenedMessage.message_id.in_(select(Message.id).where(which)))
    db.session.execute(delete(UnopenedMessage).where(*mine), execution_options={"synchronize_session": False})


def _leave_new_to_others(message_ids: Sequence[int], user_id: int) -> None:
    others = (
        select(Message.id, ActsFor.user_id)
        .join(ActsFor, ActsFor.person_id == Message.person_id)
        .where(Message.id.in_(message_ids), ActsFor.user_id != user_id)
    )
    db.session.execute(insert(UnopenedMessage).from_select(["message_id", "user_id"], others))


def _is_to(user_id: int) -> ColumnElement[bool]:
    return Message.person_id.in_(select(ActsFor.person_id).where(ActsFor.user_id == user_id))
