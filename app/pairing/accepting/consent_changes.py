"""The consent to pairing changes: a pair by class is shown once everybody in it has it, and whoever has it no more is
out of the pair."""

from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.pairing.accepting.agreed import lacking_of
from app.pairing.accepting.answering import Signer, lock_pair, object_to
from app.pairing.accepting.publishing import show_pair
from app.pairing.models import PairingMember, PairingRound
from app.pairing.states import PairState, Way


def follow_consent(person_id: int, programme_id: int, *, at: datetime) -> None:
    """Let somebody's pairs by class follow what a guardian has just said for a programme."""
    theirs = select(PairingMember).join(PairingMember.round)
    of_class = (PairingRound.programme_id == programme_id, PairingRound.way == Way.CLASS)
    paired = theirs.where(PairingMember.person_id == person_id, PairingMember.pair_id.is_not(None), *of_class)
    for member in db.session.scalars(paired.where(PairingRound.published_at.is_not(None)).order_by(PairingMember.id)):
        _follow(member, at)


def _follow(member: PairingMember, at: datetime) -> None:
    if member.pair_id is None:
        return
    pair = lock_pair(member.pair_id)
    if pair.state is PairState.ENDED:
        return
    without = lacking_of(pair.round, pair.members, at=at)
    if pair.shown_at is None:
        if not without:
            show_pair(pair, at=at)
    elif member.id in without:
        object_to(pair.id, member.id, Signer(), "", at=at)
