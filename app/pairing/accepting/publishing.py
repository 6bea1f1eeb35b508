"""Letting families see pairs: from then on they answer, or may object."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update

from app.core.clock import SHANGHAI, local_day
from app.core.db import db
from app.pairing.accepting.agreed import lacking, pairs_lacking
from app.pairing.accepting.telling import tell_shown
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import Way

DAYS_TO_ANSWER, LEAST_DAYS, DAYS_TO_OBJECT = 10, 3, 7
_EVENING, _UNTIL_EVENING = time(20), timedelta(hours=20)  # at home, and before the quiet hours
_STEP = 500  # numbers in one statement


def show_waiting(one: PairingRound, *, at: datetime) -> int:
    """Let families see all pairs of a published round that may be seen and are not yet; returns how many. By class a
    pair waits until guardians have agreed to pairing for everybody in it."""
    known = select(PairingMember).join(PairingMember.pair)
    waiting = known.where(PairingMember.round_id == one.id, Pair.shown_at.is_(None), Pair.ended_at.is_(None))
    members = list(db.session.scalars(waiting.order_by(PairingMember.id)))
    held = pairs_lacking(members, lacking(one, at=at)) if one.way is Way.CLASS else set()
    return _show(one, [member for member in members if member.pair_id not in held], at=at)


def show_pair(pair: Pair, *, at: datetime) -> None:
    """Let the families of one pair see it."""
    _show(pair.round, pair.members, at=at)
    db.session.refresh(pair)


def ask_anew(pair: Pair, members: Sequence[PairingMember], *, at: datetime) -> None:
    """Ask some of a pair as when it was shown, for somebody has come into it; those of it who are not among them are
    left in peace."""
    pair.answer_by = max(pair.answer_by or at, answer_by(pair.round, at=at))
    db.session.flush()
    told = [(member.person_id, pair.id) for member in members]
    tell_shown(pair.round, told, pair.answer_by, at=at, occasion=f":{at.isoformat()}")


def answer_by(one: PairingRound, *, at: datetime) -> datetime:
    """Return until when families answer from a moment on: 20:00 of a day. By class they have seven whole days to
    object."""
    if one.way is Way.CLASS:
        return _evening(at, DAYS_TO_OBJECT)
    wanted = datetime.combine(one.answer_on, _EVENING, SHANGHAI).astimezone(UTC) if one.answer_on else None
    return max(wanted or _evening(at, DAYS_TO_ANSWER), _evening(at, LEAST_DAYS))


def _show(one: PairingRound, members: Sequence[PairingMember], *, at: datetime) -> int:
    until, told = answer_by(one, at=at), _pairs(members)
    for start in range(0, len(told), _STEP):
        some = update(Pair).where(Pair.id.in_(told[start : start + _STEP]))
        db.session.execute(some.values(shown_at=at, answer_by=until))
    people = [(member.person_id, member.pair_id) for member in members if member.pair_id is not None]
    tell_shown(one, people, until, at=at)
    return len(told)


def _pairs(members: Iterable[PairingMember]) -> list[int]:
    return sorted({member.pair_id for member in members if member.pair_id is not None})


def _evening(at: datetime, days: int) -> datetime:
    """Return the first evening that is so many whole days away."""
    day = local_day(at + timedelta(days=days + 1) - _UNTIL_EVENING)
    return datetime.combine(day, _EVENING, SHANGHAI).astimezone(UTC)
