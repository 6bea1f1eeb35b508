"""What the organiser does to pairs by hand: lock, part, let change places, join.

What was arranged by hand is locked, so that pairing the rest anew leaves it alone.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from app.core.changes import note_change
from app.core.db import db
from app.pairing.drafts import Draft, draft_of
from app.pairing.models import Pair, PairingBond, PairingMember, PairingRound
from app.pairing.pairing_up import free_numbers
from app.pairing.problems import AgainstRule, AlreadyPaired, PairLocked, SameSide
from app.pairing.reasons import written
from app.pairing.rounds import RECORD, open_round
from app.pairing.scoring import links
from app.pairing.words import RULES
from app.people.models import Person


def lock(pair_id: int, *, by: int, at: datetime) -> Pair:
    """Let a pair stay as it is when the rest is paired anew; a second time changes nothing."""
    pair = _pair(pair_id, by=by, at=at)
    if pair.locked_at is None:
        pair.locked_at, pair.locked_by_id = at, by
        note_change(RECORD, pair.round_id, "locked", by=by, at=at, number=pair.number)
    return pair


def unlock(pair_id: int, *, by: int, at: datetime) -> Pair:
    """Let a pair be paired anew with the rest; a second time changes nothing."""
    pair = _pair(pair_id, by=by, at=at)
    if pair.locked_at is not None:
        pair.locked_at = pair.locked_by_id = None
        note_change(RECORD, pair.round_id, "unlocked", by=by, at=at, number=pair.number)
    return pair


def lock_all(round_id: int, *, by: int, at: datetime) -> None:
    """Lock every pair of a round."""
    open_round(round_id, by=by, at=at)
    loose = update(Pair).where(Pair.round_id == round_id, Pair.locked_at.is_(None))
    db.session.execute(loose.values(locked_at=at, locked_by_id=by))
    note_change(RECORD, round_id, "all_locked", by=by, at=at)


def unlock_all(round_id: int, *, by: int, at: datetime) -> None:
    """Let every pair of a round be paired anew."""
    open_round(round_id, by=by, at=at)
    db.session.execute(update(Pair).where(Pair.round_id == round_id).values(locked_at=None, locked_by_id=None))
    note_change(RECORD, round_id, "all_unlocked", by=by, at=at)


def part(pair_id: int, *, by: int, at: datetime) -> PairingRound:
    """Part a pair for good: they are without partners now, and never paired with each other again in this round.

    Raises `PairLocked`.
    """
    pair = _pair(pair_id, by=by, at=at)
    _refuse_locked(pair)
    one, number = db.session.get_one(PairingRound, pair.round_id), pair.number
    members = list(pair.members)
    for first, second in _linked(members, one):
        both = (PairingBond.first_id == first.id, PairingBond.second_id == second.id)
        db.session.execute(delete(PairingBond).where(*both))
        db.session.add(PairingBond(round_id=one.id, first_id=first.id, second_id=second.id, is_together=False))
    for member in members:
        member.pair_id = None
    db.session.flush()
    db.session.delete(pair)
    note_change(RECORD, one.id, "parted", by=by, at=at, number=number)
    return one


def allow(bond_id: int, *, by: int, at: datetime) -> None:
    """Let two be paired again who had been parted."""
    bond = db.session.get_one(PairingBond, bond_id)
    open_round(bond.round_id, by=by, at=at)
    note_change(RECORD, bond.round_id, "allowed", by=by, at=at)
    db.session.delete(bond)


def swap(member_id: int, other_id: int, *, by: int, at: datetime) -> Pair:
    """Let two change places, each with the other's partners; one of them may have had none. Returns a pair of them.

    Raises `SameSide` where that means nothing, `PairLocked`, `AgainstRule`.
    """
    one, other = _two(member_id, other_id, by=by, at=at)
    if one.pair_id == other.pair_id or (one.side != other.side and one.round.shape.has_sides):
        raise SameSide
    touched = [pair for pair in (one.pair, other.pair) if pair is not None]
    for pair in touched:
        _refuse_locked(pair)
    one.pair_id, other.pair_id = other.pair_id, one.pair_id
    for member in (one, other):
        if member.pair_id is not None:
            member.left_why = None
    settle(touched, one.round, by=by, at=at)
    note_change(RECORD, one.round_id, "swapped", by=by, at=at)
    return touched[0]


def join(member_id: int, other_id: int, *, by: int, at: datetime) -> Pair:
    """Make a pair of two who have no partner. Raises `AlreadyPaired`, `SameSide`, `AgainstRule`."""
    one, other = _two(member_id, other_id, by=by, at=at)
    if one.pair_id is not None or other.pair_id is not None:
        raise AlreadyPaired
    if one.id == other.id or (one.round.shape.has_sides and one.side == other.side):
        raise SameSide
    taken = db.session.scalars(select(Pair.number).where(Pair.round_id == one.round_id))
    pair = Pair(round_id=one.round_id, number=next(iter(free_numbers(taken))), points=0, why=[])
    db.session.add(pair)
    db.session.flush()
    for member in (one, other):
        member.pair_id, member.left_why = pair.id, None
    settle([pair], one.round, by=by, at=at)
    note_change(RECORD, one.round_id, "joined", by=by, at=at)
    return pair


def _two(member_id: int, other_id: int, *, by: int, at: datetime) -> tuple[PairingMember, PairingMember]:
    one, other = db.session.get_one(PairingMember, member_id), db.session.get_one(PairingMember, other_id)
    if one.round_id != other.round_id:
        raise SameSide
    open_round(one.round_id, by=by, at=at)
    db.session.refresh(one)
    db.session.refresh(other)
    return one, other


def _pair(pair_id: int, *, by: int, at: datetime) -> Pair:
    pair = db.session.get_one(Pair, pair_id)
    open_round(pair.round_id, by=by, at=at)
    db.session.refresh(pair)
    return pair


def _refuse_locked(pair: Pair) -> None:
    if pair.locked_at is not None:
        raise PairLocked(number=pair.number)


def settle(pairs: Sequence[Pair], one: PairingRound, *, by: int, at: datetime) -> None:
    """Give pairs whose members changed new points and reasons, and lock them. Raises `AgainstRule`."""
    db.session.flush()
    draft = draft_of(one)
    for pair in pairs:
        db.session.expire(pair, ["members"])
        ids = {member.person_id for member in pair.members}
        group = [youth for youth in draft.youths if youth.id in ids]
        _refuse_broken(draft, ids)
        pair.points, pair.why = written(group, draft.plan)
        pair.locked_at, pair.locked_by_id = at, by


def _refuse_broken(draft: Draft, ids: set[int]) -> None:
    group = [youth for youth in draft.youths if youth.id in ids]
    for one, other in links(group, draft.plan.shape):
        broken = draft.plan.rules.broken_by(one, other)
        if broken:
            names = [db.session.get_one(Person, youth.id).name for youth in (one, other)]
            raise AgainstRule(first=names[0], second=names[1], rule=str(RULES[broken[0]]))


def _linked(members: Sequence[PairingMember], one: PairingRound) -> list[tuple[PairingMember, PairingMember]]:
    ordered = sorted(members, key=lambda member: member.id)
    every = [(first, second) for at, first in enumerate(ordered) for second in ordered[at + 1 :]]
    return [(first, second) for first, second in every if not one.shape.has_sides or first.side != second.side]
