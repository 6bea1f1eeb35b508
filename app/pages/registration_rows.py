"""What a list of registrations shows besides the rows: parties, stands in line, and the last acts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.events.acts.bulk_words import sentences
from app.events.acts.undoing import UNDO_WITHIN, can_be_undone
from app.events.models import OPEN, BulkAct, Registration, RegistrationState
from app.events.registration.positions import positions
from app.events.words import SOURCE_WORDS


def around(shown: Sequence[Registration]) -> dict[str, Any]:
    """Return how large the parties of some rows are, where those who wait stand, and what the sources are called."""
    waiting = [one for one in shown if one.state is RegistrationState.WAITING]
    return {
        "parties": _parties({one.party_id for one in shown if one.party_id}),
        "positions": positions(waiting) if waiting else {},
        "sources": SOURCE_WORDS,
    }


def acts_done(event_id: int, done_id: int | None = None) -> dict[str, Any]:
    """Return the latest act of an event in words if it was done just now, or can still be taken back."""
    at = now()
    latest = select(BulkAct).where(BulkAct.event_id == event_id).order_by(BulkAct.id.desc()).limit(1)
    act = db.session.scalar(latest)
    if act is None or (act.id != done_id and not can_be_undone(act, at)):
        return {"last_act": None}
    return {
        "last_act": act,
        "last_act_says": sentences(act),
        "can_be_undone": can_be_undone(act, at),
        "undo_until": act.at + UNDO_WITHIN,
    }


def _parties(ids: set[int]) -> dict[int, int]:
    """Return how many people belong to parties, companions among them, as long as they may come."""
    if not ids:
        return {}
    people = func.count() + func.sum(Registration.companions)
    found = select(Registration.party_id, people).where(Registration.party_id.in_(ids), Registration.state.in_(OPEN))
    return {number: size for number, size in db.session.execute(found.group_by(Registration.party_id)) if number}
