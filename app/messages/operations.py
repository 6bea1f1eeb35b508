"""Reading messages."""

from datetime import datetime

from sqlalchemy import select, update

from app.core.db import db
from app.messages.models import Message
from app.people.models import ActsFor


def read_message(message_id: int, *, at: datetime) -> None:
    """Note that a message was read; the first time counts."""
    db.session.execute(update(Message).where(Message.id == message_id, Message.read_at.is_(None)).values(read_at=at))


def read_announcement(announcement_id: int, user_id: int, *, at: datetime) -> None:
    """Note that an account has read an announcement, for all whom it acts for: their words are the same."""
    theirs = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    unread = update(Message).where(
        Message.announcement_id == announcement_id, Message.person_id.in_(theirs), Message.read_at.is_(None)
    )
    db.session.execute(unread.values(read_at=at), execution_options={"synchronize_session": False})


def read_all(user_id: int, *, at: datetime) -> None:
    """Note that an account has read all there is for the persons it acts for."""
    theirs = select(ActsFor.person_id).where(ActsFor.user_id == user_id)
    unread = update(Message).where(Message.person_id.in_(theirs), Message.read_at.is_(None))
    db.session.execute(unread.values(read_at=at), execution_options={"synchronize_session": False})
