"""Letting somebody into a round that is published: whoever is put in for somebody, or comes from the reserve."""

from collections.abc import Sequence
from datetime import datetime

from app.core.db import db
from app.pairing.ending.problems import PairNotFormed
from app.pairing.members import Entry, add, add_from_programme, people_of
from app.pairing.models import PairingRound


def let_in(round_id: int, side: int, entries: Sequence[Entry], *, by: int, at: datetime) -> int:
    """Let those on a list into a published round, without a partner yet; returns how many are new in it."""
    one = _published(round_id)
    return add(one, side, people_of(one, entries, at=at), by=by, at=at)


def let_in_from_programme(round_id: int, *, by: int, at: datetime) -> int:
    """The same with everybody whose place in the round's programme was confirmed since."""
    return add_from_programme(_published(round_id), by=by, at=at)


def _published(round_id: int) -> PairingRound:
    one = db.session.get_one(PairingRound, round_id, with_for_update={"of": PairingRound}, populate_existing=True)
    if one.published_at is None:
        raise PairNotFormed
    return one
