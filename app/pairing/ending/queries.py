"""Who was paired with whom, from when until when, and why not any more: the organiser's alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.access import Principal, Role
from app.core.clock import local_day
from app.core.db import db
from app.pairing.accepting.models import LeftPair
from app.pairing.ending.models import PairEnding, PairSubstitution
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState

PAGE = 50
_FREE = 200


@dataclass(frozen=True)
class Partner:
    """Somebody of a pair, until a day if it is over."""

    member: PairingMember
    until: date | None = None


@dataclass(frozen=True)
class Past:
    """A pair with everybody who ever was of it; how it ended, and who came for whom."""

    pair: Pair
    since: date | None
    partners: Sequence[Partner]
    ending: PairEnding | None
    substitutions: Sequence[PairSubstitution]


def endings_run_by(principal: Principal) -> Select[PairEnding]:
    """Return the ends of pairs of the hosts somebody works for."""
    own = PairingRound.host_id.in_(principal.units(Role.STAFF))
    return select(PairEnding).join(PairEnding.pair).join(Pair.round).where(own)


def page_of_changed(one: PairingRound, after: int) -> tuple[list[Past], int | None]:
    """Return a page of a round's pairs that ended or that somebody left, by number, and the number after which the next
    one starts."""
    left = select(LeftPair.pair_id).where(LeftPair.pair_id == Pair.id)
    changed = (Pair.state == PairState.ENDED) | left.exists()
    wanted = select(Pair).where(Pair.round_id == one.id, changed, Pair.number > after).order_by(Pair.number)
    whole = wanted.options(selectinload(Pair.members).joinedload(PairingMember.person)).limit(PAGE + 1)
    pairs = db.session.scalars(whole).all()
    return pasts_of(pairs[:PAGE]), pairs[PAGE - 1].number if len(pairs) > PAGE else None


def pasts_of(pairs: Sequence[Pair]) -> list[Past]:
    """Return pairs with their history."""
    ids = [pair.id for pair in pairs]
    named = joinedload(LeftPair.member).joinedload(PairingMember.person)
    left = db.session.scalars(select(LeftPair).where(LeftPair.pair_id.in_(ids)).options(named).order_by(LeftPair.id))
    gone = [(one.pair_id, Partner(one.member, local_day(one.left_at))) for one in left]
    current = (PairEnding.pair_id.in_(ids), PairEnding.taken_back_at.is_(None))
    endings = {one.pair_id: one for one in db.session.scalars(select(PairEnding).where(*current))}
    changes = _substitutions_of(ids)
    return [
        Past(
            pair,
            local_day(pair.formed_at) if pair.formed_at else None,
            [*(Partner(one) for one in pair.members), *(who for pair_id, who in gone if pair_id == pair.id)],
            endings.get(pair.id),
            [one for one in changes if one.pair_id == pair.id],
        )
        for pair in pairs
    ]


def _substitutions_of(pair_ids: Collection[int]) -> Sequence[PairSubstitution]:
    """Return who left some pairs and who came for whom, in the order in which it happened."""
    left, came = (
        joinedload(who).joinedload(PairingMember.person) for who in (PairSubstitution.left, PairSubstitution.came)
    )
    found = select(PairSubstitution).where(PairSubstitution.pair_id.in_(pair_ids)).order_by(PairSubstitution.id)
    return db.session.scalars(found.options(joinedload(PairSubstitution.new_pair), left, came)).all()


def free_for(member: PairingMember) -> Sequence[PairingMember]:
    """Return who of a round has no partner and could be put in for somebody: of the same side, where there are two."""
    free = select(PairingMember).where(PairingMember.round_id == member.round_id, PairingMember.pair_id.is_(None))
    if member.round.shape.has_sides:
        free = free.where(PairingMember.side == member.side)
    named = free.order_by(PairingMember.id).options(joinedload(PairingMember.person))
    return db.session.scalars(named.limit(_FREE)).all()
