"""Seeing to it that everybody knows: 已通知, and looking at the numbers to call."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.announcements.notices import Scope, messages_in
from app.core.audit import AccessEntry, note_access
from app.core.db import db
from app.messages.models import Message
from app.people.whose import whose_with_ids

OPEN_FOR = timedelta(hours=2)  # a storm's telephoning; then one asks anew, and that is written down anew


def note_told(message_id: int, *, by: int, at: datetime) -> None:
    """Write down that somebody reached the person in another way; a second time keeps the first."""
    row = db.session.get_one(Message, message_id, with_for_update=True, populate_existing=True)
    if row.told_at is None:
        row.told_at, row.told_by_id = at, by


def note_not_told(message_id: int) -> None:
    """Take that back; a second time changes nothing."""
    row = db.session.get_one(Message, message_id, with_for_update=True, populate_existing=True)
    row.told_at = row.told_by_id = None


def open_phones(scope: Scope, *, by: int, at: datetime) -> None:
    """Let somebody see the numbers of a scope for two hours, and write down whose they were and what for."""
    people = whose_with_ids(messages_in(scope).order_by(None).with_only_columns(Message.person_id))
    note_access("phones", _record(scope), scope.event_id, people=people, purpose="contact", by=by, at=at)


def phones_are_open(scope: Scope, *, by: int, at: datetime) -> bool:
    """Return whether somebody has asked for the numbers of a scope lately."""
    asked = select(AccessEntry.id).where(
        AccessEntry.at > at - OPEN_FOR,
        AccessEntry.user_id == by,
        AccessEntry.action == "phones",
        AccessEntry.record == _record(scope),
        AccessEntry.record_id == scope.event_id,
    )
    return db.session.scalar(asked.limit(1)) is not None


def _record(scope: Scope) -> str:
    return f"unseen_pupils_{scope.school_id}" if scope.school_id else "unseen"
