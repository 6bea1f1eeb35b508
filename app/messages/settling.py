"""Plans are changed, and changed again a minute later: who has not read the first news gets the second in its place.

A fact that changed is told with what it was before: ``place`` with ``old_place``. News of the same kind about the same
place of somebody are put together while nobody has read them and nothing has left the house, which the channels wait
for; what is back to what it was before is not told at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, exists, select, update

from app.core.db import db, table_of
from app.messages.models import Delivery, Message
from app.messages.sending import News, Reader, tell_all

SETTLES_IN = timedelta(minutes=10)
_LAST_MOMENT = timedelta(minutes=1)  # before the channels take it: nobody rewrites what is being sent
_OLD = "old_"
_MESSAGE = table_of(Message)
_REWRITE = update(_MESSAGE).where(_MESSAGE.c.id == bindparam("message")).values(facts=bindparam("said"))


def tell_latest(news: News, readers: Iterable[Reader], *, at: datetime) -> int:
    """Tell people what has changed, in place of what they have not read of the last ten minutes. Returns how many."""
    unread = _unread(news, at)
    rewritten, dropped, others = [], [], []
    for reader in readers:
        known = unread.get(reader.registration_id)
        facts = _together(known.facts if known else {}, {**news.facts, **reader.facts})
        if known and not _old(facts):
            dropped.append(known.id)
        elif known:
            rewritten.append({"message": known.id, "said": facts})
        elif _old(facts):
            others.append(replace(reader, facts=facts))
    if rewritten:
        db.session.connection().execute(_REWRITE, rewritten)
    if dropped:
        db.session.execute(delete(Message).where(Message.id.in_(dropped)))
    return tell_all(replace(news, facts={}, settles_in=SETTLES_IN), others, at=at) + len(rewritten)


def _unread(news: News, at: datetime) -> Mapping[int | None, Message]:
    """Return the news of this kind that can still be rewritten, by the place they are about."""
    fresh = select(Message).where(
        Message.event_id == news.event_id,
        Message.kind == news.kind,
        Message.sent_at > at - (SETTLES_IN - _LAST_MOMENT),
        Message.read_at.is_(None),
        ~exists().where(Delivery.message_id == Message.id),
    )
    found = db.session.scalars(fresh.order_by(Message.id).with_for_update(of=Message))
    return {message.registration_id: message for message in found}


def _together(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of now with what they were before everything; of what did not change, only the fact."""
    first = {**{name: value for name, value in now.items() if name.startswith(_OLD)}, **_old(before)}
    current = {name: value for name, value in now.items() if not name.startswith(_OLD)}
    changed = {name: value for name, value in first.items() if value != current.get(name.removeprefix(_OLD))}
    return current | changed


def _old(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name.startswith(_OLD)}
