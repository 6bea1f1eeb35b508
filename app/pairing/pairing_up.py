"""Writing down what was worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import Select, bindparam, delete, insert, select, update

from app.core.changes import note_change
from app.core.db import db, table_of
from app.pairing.drafts import Draft
from app.pairing.leftovers import LeftWhy
from app.pairing.matching import pair
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.plans import Outcome
from app.pairing.problems import NobodyToPair, RoundChanged
from app.pairing.reasons import written
from app.pairing.rounds import RECORD, open_round
from app.pairing.settings import Settings


@dataclass(frozen=True)
class Worked:
    """What was worked out for a draft."""

    draft: Draft
    outcome: Outcome
    left: Mapping[int, LeftWhy]


def work_out(draft: Draft) -> Worked:
    """Pair a draft; slow, and before any transaction. Raises `NobodyToPair`."""
    sides = {one.side for one in draft.youths}
    if len(draft.youths) < 2 or (draft.plan.shape.has_sides and len(sides) < 2):
        raise NobodyToPair
    outcome = pair(draft.youths, draft.plan)
    return Worked(draft, outcome, _why_left(draft, outcome))


def choose(round_id: int, settings: Settings, *, by: int, at: datetime) -> PairingRound:
    """Say how a round is to be paired from now on; its pairs stay until it is paired anew."""
    one = open_round(round_id, by=by, at=at)
    one.settings = settings.written()
    return one


def write(worked: Worked, settings: Settings, *, by: int, at: datetime) -> PairingRound:
    """Write pairs and who is left down, beside the locked pairs; all of it or nothing.

    Raises `RoundChanged` if the round is not what it was when they were worked out, and `RoundPublished`.
    """
    one = open_round(worked.draft.round_id, by=by, at=at)
    if one.version != worked.draft.version + 1:
        raise RoundChanged
    members = dict(_members(one.id))
    locked = set(db.session.scalars(select(Pair.id).where(Pair.round_id == one.id, Pair.locked_at.is_not(None))))
    numbers = set(db.session.scalars(select(Pair.number).where(Pair.id.in_(locked)))) if locked else set()
    _clear(one.id)
    fixed = {person for group in worked.draft.plan.locked for person in group}
    new = [group for group in worked.outcome.groups if group[0] not in fixed]
    _write_pairs(one.id, new, numbers, worked.draft, members)
    _write_left(worked.left, members)
    one.settings, one.paired_at, one.job_id = settings.written(), at, None
    facts = {"pairs": len(worked.outcome.groups), "left": len(worked.outcome.left)}
    note_change(RECORD, one.id, "paired", by=by, at=at, **facts)
    return one


def free_numbers(taken: Iterable[int]) -> Iterable[int]:
    """Yield numbers that no pair has, from 1 on."""
    there = set(taken)
    return (number for number in count(1) if number not in there)


def _why_left(draft: Draft, outcome: Outcome) -> Mapping[int, LeftWhy]:
    if not outcome.left:
        return {}
    from app.pairing.solving.obstacles import why_left

    return why_left(outcome, draft.youths, draft.plan)


def _members(round_id: int) -> list[tuple[int, int]]:
    known = select(PairingMember.person_id, PairingMember.id).where(PairingMember.round_id == round_id)
    return [(person_id, member_id) for person_id, member_id in db.session.execute(known)]


def _clear(round_id: int) -> None:
    loose = select(Pair.id).where(Pair.round_id == round_id, Pair.locked_at.is_(None))
    here = update(PairingMember).where(PairingMember.round_id == round_id)
    db.session.execute(here.where(PairingMember.pair_id.is_(None)).values(left_why=None))
    db.session.execute(here.where(PairingMember.pair_id.in_(loose)).values(pair_id=None))
    db.session.execute(delete(Pair).where(Pair.round_id == round_id, Pair.locked_at.is_(None)))


def _write_pairs(
    round_id: int, groups: Sequence[tuple[int, ...]], numbers: set[int], draft: Draft, members: dict[int, int]
) -> None:
    youths = {one.id: one for one in draft.youths}
    rows, placed = [], []
    for group, number in zip(groups, free_numbers(numbers), strict=False):
        points, why = written([youths[person] for person in group], draft.plan)
        rows.append({"round_id": round_id, "number": number, "points": points, "why": why})
        placed.append((group, number))
    if not rows:
        return
    connection = db.session.connection()
    connection.execute(insert(table_of(Pair)), rows)
    ids = {number: pair_id for pair_id, number in connection.execute(_numbers(round_id))}
    table = table_of(PairingMember)
    moved = [{"member": members[one], "pair": ids[number]} for group, number in placed for one in group]
    by_row = update(table).where(table.c.id == bindparam("member")).values(pair_id=bindparam("pair"))
    connection.execute(by_row, moved)


def _write_left(left: Mapping[int, LeftWhy], members: dict[int, int]) -> None:
    for person_id, why in left.items():
        one = update(PairingMember).where(PairingMember.id == members[person_id])
        db.session.execute(one.values(left_why=why.written()))


def _numbers(round_id: int) -> Select[int, int]:
    return select(Pair.id, Pair.number).where(Pair.round_id == round_id)
