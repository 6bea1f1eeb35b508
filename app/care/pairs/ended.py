"""A child's pairs that are over: until when each was, as long as there are letters of it."""

from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.core.clock import local_day
from app.core.db import db
from app.pairing.accepting.models import LeftPair
from app.pairing.ending.models import PairEnding
from app.pairing.letters.queries import pairs_with_letters_of
from app.pairing.models import Pair, PairingMember


def ended_with_letters(member: PairingMember) -> list[tuple[Pair, date]]:
    """Return the pairs of somebody in a round that ended, or that they left, with its last day for them, the latest
    first: those of which a family has letters."""
    left = _left_on(member)
    is_over = or_(Pair.id.in_(left), and_(Pair.id == member.pair_id, Pair.ended_at.is_not(None)))
    wanted = select(Pair).where(is_over, Pair.id.in_(pairs_with_letters_of(member.person_id)))
    pairs = db.session.scalars(wanted.options(joinedload(Pair.round)).order_by(Pair.id.desc())).all()
    said = _ended_on([one.id for one in pairs])
    return [(one, _last_day(one, left.get(one.id), said.get(one.id))) for one in pairs]


def _left_on(member: PairingMember) -> dict[int, date]:
    theirs = select(LeftPair.pair_id, LeftPair.left_at).where(LeftPair.member_id == member.id)
    return {row.pair_id: local_day(row.left_at) for row in db.session.execute(theirs)}


def _ended_on(pair_ids: list[int]) -> dict[int, date]:
    current = (PairEnding.pair_id.in_(pair_ids), PairEnding.taken_back_at.is_(None))
    found = select(PairEnding.pair_id, PairEnding.ended_on).where(*current)
    return {row.pair_id: row.ended_on for row in db.session.execute(found)}


def _last_day(pair: Pair, left: date | None, said: date | None) -> date:
    """Return the first of when somebody left and when the organiser says that it ended."""
    known = [day for day in (left, said) if day]
    return min(known) if known or pair.ended_at is None else local_day(pair.ended_at)
