"""Who could be somebody's new partner in a published round: who is free, or whose pair is with the organiser."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.pairing.drafts import Draft, draft_of
from app.pairing.models import Pair, PairingMember
from app.pairing.rules import Rule
from app.pairing.scoring import points
from app.pairing.states import WITH_ORGANISER
from app.pairing.youths import Youth

SHOWN = 30


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be the partner: how well the two suit, in percent, and what forbids it."""

    member: PairingMember
    percent: int
    rule: Rule | None


def candidates_for(member: PairingMember) -> list[Candidate]:
    """Return who could be somebody's partner now, who suits best first."""
    draft = draft_of(member.round)
    youths = {one.id: one for one in draft.youths}
    mine = youths[member.person_id]
    found = [_candidate(one, mine, youths, draft) for one in _free(member)]
    return sorted(found, key=lambda one: (one.rule is not None, -one.percent, one.member.id))


def _candidate(one: PairingMember, mine: Youth, youths: Mapping[int, Youth], draft: Draft) -> Candidate:
    theirs = youths[one.person_id]
    suits = points(mine, theirs, draft.plan.weights.shares(), draft.plan.seed)
    return Candidate(one, suits // 10, next(iter(draft.plan.rules.broken_by(mine, theirs)), None))


def _free(member: PairingMember) -> list[PairingMember]:
    loose = or_(PairingMember.pair_id.is_(None), Pair.state.in_(WITH_ORGANISER))
    known = select(PairingMember).outerjoin(PairingMember.pair).where(PairingMember.round_id == member.round_id, loose)
    others = known.where(PairingMember.id != member.id).options(joinedload(PairingMember.person))
    return [one for one in db.session.scalars(others.order_by(PairingMember.id)) if _is_possible(member, one)]


def _is_possible(member: PairingMember, one: PairingMember) -> bool:
    is_partner = member.pair_id is not None and member.pair_id == one.pair_id
    return not is_partner and (one.side != member.side or not member.round.shape.has_sides)
