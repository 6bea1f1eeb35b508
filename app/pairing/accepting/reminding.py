"""Asking families once more who have not answered about a pair."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.pairing.accepting.needed import answers_of, missing_of
from app.pairing.accepting.telling import tell_again
from app.pairing.accepting.unanswered import unanswered
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState, Way

_BEFORE = timedelta(days=2)  # by then who has not answered is asked once more
_STEP = 500  # pairs in one statement


def remind(round_id: int, *, at: datetime, is_due_only: bool = False) -> int:
    """Ask the families of a round once more who have not answered, or whose guardian has not; of those that have until
    later only if somebody asks for it. A second time on the same day tells nobody. Returns how many were told."""
    one = db.session.get_one(PairingRound, round_id)
    if one.way is not Way.PERSON:
        return 0
    waiting = select(Pair.id).where(
        Pair.round_id == round_id, _is_proposed(at), *([_is_due(at)] if is_due_only else [])
    )
    ids, told = list(db.session.scalars(waiting.order_by(Pair.id))), 0
    for start in range(0, len(ids), _STEP):
        members = _unanswered(ids[start : start + _STEP], at)
        for until, some in groupby(members, key=lambda member: member.pair and member.pair.answer_by):
            people = [(member.person_id, member.pair_id) for member in some if member.pair_id is not None]
            told += tell_again(one, people, until or at, at=at)
    return told


def remind_pupils(round_id: int, pupils: Select[PairingMember], *, at: datetime) -> int:
    """Ask those of a school's pupils once more who have not answered; whoever was reminded today, by whomever, is not
    told again. Returns how many were told."""
    one, told = db.session.get_one(PairingRound, round_id), 0
    waiting = sorted(unanswered(one, pupils, at=at), key=lambda each: each.pair.answer_by or at)
    for until, some in groupby(waiting, key=lambda each: each.pair.answer_by):
        people = [(each.member.person_id, each.pair.id) for each in some]
        told += tell_again(one, people, until if until and until > at else None, at=at)
    return told


def due_to_remind(at: datetime) -> Sequence[int]:
    """Return the rounds that have pairs which are to be answered within two days."""
    found = select(Pair.round_id).where(_is_proposed(at), _is_due(at)).distinct()
    return db.session.scalars(found.order_by(Pair.round_id)).all()


def _unanswered(pair_ids: Sequence[int], at: datetime) -> list[PairingMember]:
    known = select(PairingMember).join(PairingMember.pair).where(PairingMember.pair_id.in_(pair_ids))
    whole = known.options(joinedload(PairingMember.person), joinedload(PairingMember.pair))
    members = list(db.session.scalars(whole.order_by(Pair.answer_by, PairingMember.id)))
    missing = missing_of(members, answers_of(pair_ids), at=at)
    return [one for one in members if missing[one.id]]


def _is_proposed(at: datetime) -> ColumnElement[bool]:
    return (Pair.state == PairState.PROPOSED) & (Pair.answer_by > at)


def _is_due(at: datetime) -> ColumnElement[bool]:
    return Pair.answer_by <= at + _BEFORE
