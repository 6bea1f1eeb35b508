"""Leaving a pair that families have seen, and its end: the pair stays, and who was of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from app.core.db import db
from app.pairing.accepting.models import GivenAnswer, LeftPair, PairContact
from app.pairing.accepting.telling import tell_rearranged
from app.pairing.models import Pair, PairingMember
from app.pairing.states import PairAnswer, PairState

ENDED = "ended"


def leave(pair: Pair, member: PairingMember, why: str, *, at: datetime) -> None:
    """Take somebody out of a pair, with all that was said and shared in it; an objection stays for the organiser to
    read."""
    db.session.add(LeftPair(pair_id=pair.id, member_id=member.id, left_at=at, why=why))
    theirs = (GivenAnswer.pair_id == pair.id, GivenAnswer.member_id == member.id)
    db.session.execute(delete(GivenAnswer).where(*theirs, GivenAnswer.answer != PairAnswer.OBJECTED))
    db.session.execute(delete(PairContact).where(PairContact.member_id == member.id))
    member.pair_id = None
    db.session.flush()
    db.session.expire(pair, ["members"])


def end(pair: Pair, why: str = ENDED, *, at: datetime) -> list[PairingMember]:
    """End a pair; all of it are without a partner, and read that the teacher arranges anew. A second time changes
    nothing. Returns who was of it."""
    if pair.state is PairState.ENDED:
        return []
    members = list(pair.members)
    if pair.shown_at is not None:
        tell_rearranged(pair, members, at=at)
    for member in members:
        leave(pair, member, why, at=at)
    db.session.execute(delete(GivenAnswer).where(GivenAnswer.pair_id == pair.id))
    pair.state, pair.ended_at = PairState.ENDED, at
    db.session.flush()
    return members


def can_go_on(pair: Pair) -> bool:
    """Return whether who is left of a pair is one: two of different sides, or any two where there are no sides."""
    return _is_pair(pair.members) if pair.round.shape.has_sides else len(pair.members) > 1


def _is_pair(members: Sequence[PairingMember]) -> bool:
    return len({one.side for one in members}) > 1
