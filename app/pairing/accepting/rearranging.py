"""What the organiser does once somebody asked for another partner or objected: keep, end, pair anew."""

from datetime import datetime

from sqlalchemy import delete, select

from app.core.changes import note_change
from app.core.db import db
from app.pairing.accepting.answering import lock_pair, weigh
from app.pairing.accepting.leaving import ENDED, can_go_on, end, leave
from app.pairing.accepting.models import GivenAnswer
from app.pairing.accepting.problems import NobodyLeft, PairOver
from app.pairing.accepting.publishing import answer_by, show_waiting
from app.pairing.accepting.telling import tell_again
from app.pairing.arranging import settle
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.pairing_up import free_numbers
from app.pairing.problems import AlreadyPaired, SameSide
from app.pairing.rounds import RECORD
from app.pairing.states import WITH_ORGANISER, PairAnswer, Way


def keep(pair_id: int, *, by: int, at: datetime) -> Pair:
    """Let a pair stay after all: whoever asked for another is asked once more, and whoever objected stays out of it. A
    second time changes nothing.

    Raises `NobodyLeft`.
    """
    pair = lock_pair(pair_id)
    if pair.state not in WITH_ORGANISER:
        return pair
    if not can_go_on(pair):
        raise NobodyLeft
    asked = select(GivenAnswer.member_id).where(
        GivenAnswer.pair_id == pair.id, GivenAnswer.answer == PairAnswer.ANOTHER
    )
    again = set(db.session.scalars(asked))
    said = GivenAnswer.answer.in_([PairAnswer.ANOTHER, PairAnswer.OBJECTED])
    db.session.execute(delete(GivenAnswer).where(GivenAnswer.pair_id == pair.id, said))
    if pair.round.way is Way.PERSON:
        pair.answer_by = max(pair.answer_by or at, answer_by(pair.round, at=at))
    weigh(pair, at=at)
    told = [(one.person_id, pair.id) for one in pair.members if one.id in again]
    tell_again(pair.round, told, pair.answer_by or at, at=at)
    note_change(RECORD, pair.round_id, "kept", by=by, at=at, number=pair.number)
    return pair


def end_pair(pair_id: int, *, by: int, at: datetime) -> Pair:
    """End a pair; its people are without a partner and can be paired anew. A second time changes nothing. Raises
    `PairOver` before the round is published."""
    pair = lock_pair(pair_id)
    if pair.round.published_at is None:
        raise PairOver
    if end(pair, at=at):
        note_change(RECORD, pair.round_id, "pair_ended", by=by, at=at, number=pair.number)
    return pair


def pair_anew(member_id: int, other_id: int, *, by: int, at: datetime) -> Pair:
    """Make a pair of two of a published round who have no partner, or whose pair is with the organiser: that one ends,
    or goes on without them. Families are asked, or told, as when the round was published.

    Raises `AlreadyPaired`, `SameSide`, `AgainstRule`.
    """
    one, other = _two(member_id, other_id)
    for member in (one, other):
        _set_free(member, at=at)
    numbers = db.session.scalars(select(Pair.number).where(Pair.round_id == one.round_id))
    pair = Pair(round_id=one.round_id, number=next(iter(free_numbers(numbers))), points=0, why=[])
    db.session.add(pair)
    db.session.flush()
    for member in (one, other):
        member.pair_id, member.left_why = pair.id, None
    settle([pair], one.round, by=by, at=at)
    note_change(RECORD, one.round_id, "paired_again", by=by, at=at, number=pair.number)
    show_waiting(one.round, at=at)
    db.session.refresh(pair)
    return pair


def _two(member_id: int, other_id: int) -> tuple[PairingMember, PairingMember]:
    """Return two whose round is locked. Raises `SameSide`, `PairOver` before the round is published."""
    one, other = db.session.get_one(PairingMember, member_id), db.session.get_one(PairingMember, other_id)
    its = db.session.get_one(PairingRound, one.round_id, with_for_update={"of": PairingRound}, populate_existing=True)
    if its.published_at is None:
        raise PairOver
    db.session.refresh(one)
    db.session.refresh(other)
    is_same_side = its.shape.has_sides and one.side == other.side
    if one.id == other.id or other.round_id != one.round_id or is_same_side or _are_paired(one, other):
        raise SameSide
    return one, other


def _are_paired(one: PairingMember, other: PairingMember) -> bool:
    return one.pair_id is not None and one.pair_id == other.pair_id


def _set_free(member: PairingMember, *, at: datetime) -> None:
    if member.pair_id is None:
        return
    pair = lock_pair(member.pair_id)
    if pair.state not in WITH_ORGANISER:
        raise AlreadyPaired
    if len(pair.members) > 1:
        leave(pair, member, ENDED, at=at)
    if not can_go_on(pair):
        end(pair, at=at)
    else:
        weigh(pair, at=at)
