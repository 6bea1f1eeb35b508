"""Counting wrong secrets in a row: by whose secret it is, in the database, never by address."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select

from app.accounts.models import Tries
from app.accounts.problems import TriedTooOften
from app.core.db import db, transact

MOST = 10
CLOSED_FOR = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)


@contextmanager
def counted(key: str, kind: type[TriedTooOften] = TriedTooOften, *, at: datetime) -> Iterator[None]:
    """Check a secret in the block: the try is counted before, and forgotten with those before it unless the block
    raises.

    Counted afterwards, a burst would have all its secrets checked before the first wrong one is known. Raises the
    problem, with the minutes left, while too many wrong ones have closed it.
    """
    transact(count_try, key, kind, at=at)
    yield
    transact(forget_tries, key)


def count_try(
    key: str, kind: type[TriedTooOften] = TriedTooOften, *, at: datetime, closed_for: timedelta = CLOSED_FOR
) -> None:
    """Count one more try; the tenth in a row closes it to all others for a quarter of an hour, or as long as is said.

    What is a day old is forgotten. Raises the problem while it is closed.
    """
    db.session.execute(delete(Tries).where(Tries.last_at < at - _FORGOTTEN_AFTER))
    tries = db.session.scalar(select(Tries).where(Tries.key == key).with_for_update())
    if tries is None:
        tries = Tries(key=key, wrong=0)
        db.session.add(tries)
    if tries.closed_until and at < tries.closed_until:
        raise kind(minutes=ceil((tries.closed_until - at).total_seconds() / 60))
    tries.wrong, tries.last_at = tries.wrong + 1, at
    if tries.wrong >= MOST:
        tries.wrong, tries.closed_until = 0, at + closed_for


def forget_tries(key: str) -> None:
    """Forget how often something was tried: it was right, or it is another secret now."""
    db.session.execute(delete(Tries).where(Tries.key == key))
