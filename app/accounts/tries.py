"""Counting wrong secrets in a row: by whose secret it is, in the database, never by address."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select

from app.accounts.models import Tries
from app.accounts.problems import TriedTooOften
from app.core.db import db

MOST = 10
CLOSED_FOR = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)


def refuse_if_closed(key: str, kind: type[TriedTooOften] = TriedTooOften, *, at: datetime) -> bool:
    """Raise the problem, with the minutes left, while too many wrong ones have closed it; else return whether there
    were any."""
    tries = db.session.scalar(select(Tries).where(Tries.key == key))
    if tries and tries.closed_until and at < tries.closed_until:
        raise kind(minutes=ceil((tries.closed_until - at).total_seconds() / 60))
    return tries is not None


def note_wrong(key: str, *, at: datetime) -> None:
    """Count a wrong one; the tenth in a row closes it for a quarter of an hour. What is a day old is forgotten."""
    db.session.execute(delete(Tries).where(Tries.last_at < at - _FORGOTTEN_AFTER))
    tries = db.session.scalar(select(Tries).where(Tries.key == key).with_for_update())
    if tries is None:
        tries = Tries(key=key, wrong=0)
        db.session.add(tries)
    tries.wrong, tries.last_at = tries.wrong + 1, at
    if tries.wrong >= MOST:
        tries.wrong, tries.closed_until = 0, at + CLOSED_FOR


def forget_wrong(key: str) -> None:
    """Forget the wrong ones before a right one."""
    db.session.execute(delete(Tries).where(Tries.key == key))
