"""Ending pairs: in their time, or early, with a reason that only the organiser reads; and putting somebody in for who
left. Who is paired anew is asked as at the beginning, see `app.pairing.accepting`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update

from app.core.changes import note_change
from app.core.clock import local_day
from app.core.db import db, table_of
from app.pairing.accepting.answering import lock_pair, weigh
from app.pairing.accepting.leaving import ENDED, can_go_on, end, leave
from app.pairing.accepting.rearranging import pair_anew
from app.pairing.accepting.shown import linked
from app.pairing.ending.groups import change_places
from app.pairing.ending.models import PairEnding, PairSubstitution
from app.pairing.ending.problems import DayOutside, NotFree, PairNotFormed, ReasonMissing
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.rounds import RECORD
from app.pairing.states import PairState

LEFT, SUBSTITUTED = "left_pair", "substituted"


@dataclass(frozen=True)
class Why:
    """On which day, and why; the reason is the organiser's alone."""

    on: date
    reason: str = ""


def end_in_time(pair_id: int, why: Why, *, by: int, at: datetime) -> PairEnding:
    """Let a pair that came about end because its time is over: both stay in it, and were partners.

    Raises `PairNotFormed`, `DayOutside`.
    """
    pair = lock_pair(pair_id)
    if pair.state is not PairState.FORMED:
        raise PairNotFormed
    _check_day(pair.round, why.on, at)
    pair.state, pair.ended_at = PairState.ENDED, at
    note_change(RECORD, pair.round_id, "ended_in_time", by=by, at=at, number=pair.number)
    return _note(pair, why, is_early=False, by=by, at=at)


def end_round(round_id: int, why: Why, *, by: int, at: datetime) -> int:
    """The same for all pairs of a round that came about; returns how many. Raises `DayOutside`."""
    one = db.session.get_one(PairingRound, round_id, with_for_update={"of": PairingRound}, populate_existing=True)
    _check_day(one, why.on, at)
    formed = (Pair.round_id == round_id, Pair.state == PairState.FORMED)
    ids = list(db.session.scalars(select(Pair.id).where(*formed).order_by(Pair.id).with_for_update()))
    if not ids:
        return 0
    said = {"ended_on": why.on, "is_early": False, "reason": why.reason, "noted_at": at, "noted_by_id": by}
    db.session.connection().execute(insert(table_of(PairEnding)), [{"pair_id": one_id, **said} for one_id in ids])
    db.session.execute(update(Pair).where(*formed).values(state=PairState.ENDED, ended_at=at))
    note_change(RECORD, round_id, "all_ended", by=by, at=at, count=len(ids))
    return len(ids)


def go_on(ending_id: int, *, by: int, at: datetime) -> PairEnding:
    """Take back that a pair ended in its time: it goes on. A second time changes nothing.

    Raises `PairNotFormed` for one that was parted: its people are paired anew instead.
    """
    ending = db.session.get_one(PairEnding, ending_id)
    pair = lock_pair(ending.pair_id)
    db.session.refresh(ending)
    if ending.is_early:
        raise PairNotFormed
    if ending.taken_back_at is None:
        ending.taken_back_at, ending.taken_back_by_id = at, by
        pair.state, pair.ended_at = PairState.FORMED, None
        note_change(RECORD, pair.round_id, "goes_on", by=by, at=at, number=pair.number)
    return ending


def end_early(pair_id: int, why: Why, *, by: int, at: datetime) -> PairEnding:
    """Part a published pair; its people are free, and can be paired anew. Families read that the teacher arranges anew.

    Raises `PairNotFormed`, `DayOutside`, `ReasonMissing`.
    """
    pair = lock_pair(pair_id)
    if pair.state is PairState.ENDED or pair.round.published_at is None:
        raise PairNotFormed
    _check_day(pair.round, why.on, at)
    if not why.reason:
        raise ReasonMissing
    end(pair, at=at)
    note_change(RECORD, pair.round_id, "pair_ended", by=by, at=at, number=pair.number)
    return _note(pair, why, is_early=True, by=by, at=at)


def leave_pair(member_id: int, why: Why, *, by: int, at: datetime) -> PairSubstitution:
    """Let somebody leave a pair: a group goes on, whoever is left alone is free.

    Raises `PairNotFormed`, `DayOutside`, `ReasonMissing`.
    """
    pair, member = _published_pair(member_id, why, at=at)
    _let_leave(pair, member, at=at)
    return _note_leaving(pair, member, None, why, by=by, at=at)


def substitute(member_id: int, other_id: int, why: Why, *, by: int, at: datetime) -> PairSubstitution:
    """Let somebody leave, and put somebody without a partner in. Of two that is a new pair with the partner who stays,
    about which families are asked as about any; a group stays the same, see `app.pairing.ending.groups`.

    Raises `NotFree`, what `leave_pair` raises, and `AgainstRule` where a rule of the round forbids it.
    """
    pair, member = _published_pair(member_id, why, at=at)
    staying, other = linked(pair, member), db.session.get_one(PairingMember, other_id)
    is_alike = other.side == member.side or not pair.round.shape.has_sides
    if other.round_id != pair.round_id or other.pair_id is not None or not is_alike:
        raise NotFree
    if len(pair.members) > 2:
        change_places(pair, member, other, by=by, at=at)
        return _note_leaving(pair, member, other, why, by=by, at=at)
    _let_leave(pair, member, at=at)
    new = pair_anew(other_id, staying[0].id, by=by, at=at)
    noted = _note_leaving(pair, member, other, why, by=by, at=at)
    noted.new_pair_id = new.id
    return noted


def _published_pair(member_id: int, why: Why, *, at: datetime) -> tuple[Pair, PairingMember]:
    member = db.session.get_one(PairingMember, member_id)
    pair = lock_pair(member.pair_id) if member.pair_id else None
    if pair is None or pair.state is PairState.ENDED or pair.round.published_at is None:
        raise PairNotFormed
    _check_day(pair.round, why.on, at)
    if not why.reason:
        raise ReasonMissing
    return pair, next(one for one in pair.members if one.id == member_id)


def _let_leave(pair: Pair, member: PairingMember, *, at: datetime) -> None:
    leave(pair, member, ENDED, at=at)
    if can_go_on(pair):
        weigh(pair, at=at)
    else:
        end(pair, at=at)


def _check_day(one: PairingRound, day: date, at: datetime) -> None:
    if one.published_at is None or not local_day(one.published_at) <= day <= local_day(at):
        raise DayOutside


def _note(pair: Pair, why: Why, *, is_early: bool, by: int, at: datetime) -> PairEnding:
    said = {"ended_on": why.on, "reason": why.reason, "is_early": is_early}
    ending = PairEnding(pair_id=pair.id, noted_at=at, noted_by_id=by, **said)
    db.session.add(ending)
    db.session.flush()
    return ending


def _note_leaving(
    pair: Pair, member: PairingMember, came: PairingMember | None, why: Why, *, by: int, at: datetime
) -> PairSubstitution:
    ids = {"pair_id": pair.id, "left_id": member.id, "came_id": came.id if came else None}
    noted = PairSubstitution(happened_on=why.on, reason=why.reason, noted_at=at, noted_by_id=by, **ids)
    db.session.add(noted)
    note_change(RECORD, pair.round_id, SUBSTITUTED if came else LEFT, by=by, at=at, number=pair.number)
    db.session.flush()
    return noted
