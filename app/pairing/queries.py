"""Which rounds somebody works on, and what is in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.core.access import Principal, Role
from app.core.db import db
from app.pairing.models import Pair, PairingBond, PairingMember, PairingRound
from app.people.queries import named_like

PAGE = 30
PAIRS_SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """How far a round is: people by side, pairs, how many are locked, who is left, and points in percent. A pair that
    was parted is no pair any more, nor are its points counted; one whose time is over was one, and counts on."""

    people: tuple[int, ...]
    pairs: int
    parted: int
    locked: int
    left: int
    mean: int
    worst: int

    @property
    def was_paired(self) -> bool:
        """Whether anybody of it ever had a partner."""
        return self.pairs + self.parted > 0


def rounds_run_by(principal: Principal) -> Select[PairingRound]:
    """Return the rounds of the hosts somebody works for."""
    return select(PairingRound).where(PairingRound.host_id.in_(principal.units(Role.STAFF)))


def rounds_in_view(principal: Principal, after: tuple[datetime, int] | None) -> list[PairingRound]:
    """Return a page of them and one more, the latest first."""
    own = select(PairingRound).where(PairingRound.host_id.in_(principal.units_in_view(Role.STAFF)))
    if after:
        earlier = and_(PairingRound.created_at == after[0], PairingRound.id < after[1])
        own = own.where(or_(PairingRound.created_at < after[0], earlier))
    own = own.order_by(PairingRound.created_at.desc(), PairingRound.id.desc()).limit(PAGE + 1)
    return list(db.session.scalars(own))


def members_run_by(principal: Principal) -> Select[PairingMember]:
    """Return who takes part in those rounds."""
    return select(PairingMember).join(PairingMember.round).where(_own(principal))


def pairs_run_by(principal: Principal) -> Select[Pair]:
    """Return the pairs of those rounds."""
    return select(Pair).join(Pair.round).where(_own(principal))


def bonds_run_by(principal: Principal) -> Select[PairingBond]:
    """Return what was said on two people of those rounds."""
    return select(PairingBond).join(PairingRound, PairingRound.id == PairingBond.round_id).where(_own(principal))


def standing_of(one: PairingRound) -> Standing:
    """Return how far a round is."""
    by_side = select(PairingMember.side, func.count(), func.count(PairingMember.pair_id))
    counted = db.session.execute(by_side.where(PairingMember.round_id == one.id).group_by(PairingMember.side)).all()
    people = {side: number for side, number, _paired in counted}
    left = sum(number - paired for _side, number, paired in counted)
    of_pairs = select(func.count(), func.count(Pair.locked_at), func.sum(Pair.points), func.min(Pair.points))
    pairs, locked, total, worst = db.session.execute(of_pairs.where(Pair.round_id == one.id, ~_is_parted())).one()
    parted = select(func.count()).select_from(Pair).where(Pair.round_id == one.id, _is_parted())
    mean = int(total or 0) // max(pairs, 1)
    places = range(max(2, len(one.side_names)))
    return Standing(
        people=tuple(people.get(place, 0) for place in places),
        pairs=pairs,
        parted=db.session.scalar(parted) or 0,
        locked=locked,
        left=left,
        mean=mean // 10,
        worst=(worst or 0) // 10,
    )


def pairs_of(one: PairingRound, after: int, name: str = "") -> list[Pair]:
    """Return a page of a round's pairs, or of those in which somebody's name begins so, and one more, by number."""
    known = select(Pair).where(Pair.round_id == one.id, Pair.number > after).order_by(Pair.number)
    if name:
        known = known.where(Pair.members.any(is_called(name)))
    whole = known.options(selectinload(Pair.members).joinedload(PairingMember.person)).limit(PAIRS_SHOWN + 1)
    return list(db.session.scalars(whole))


def left_of(one: PairingRound, after: int = 0, name: str = "") -> list[PairingMember]:
    """Return a page of who has no partner in a round, or of those whose name begins so, and one more, in the order in
    which they were put in."""
    free = select(PairingMember).where(
        PairingMember.round_id == one.id, PairingMember.pair_id.is_(None), PairingMember.id > after, is_called(name)
    )
    whole = free.order_by(PairingMember.id).options(joinedload(PairingMember.person)).limit(PAIRS_SHOWN + 1)
    return list(db.session.scalars(whole))


def people_of(one: PairingRound, after: int = 0, name: str = "") -> list[PairingMember]:
    """Return a page of who takes part, or of those whose name begins so, and one more."""
    everybody = select(PairingMember).where(PairingMember.round_id == one.id, PairingMember.id > after)
    whole = (
        everybody.where(is_called(name))
        .order_by(PairingMember.id)
        .options(joinedload(PairingMember.person))
        .limit(PAIRS_SHOWN + 1)
    )
    return list(db.session.scalars(whole))


def everybody_of(one: PairingRound) -> list[PairingMember]:
    """Return everybody with person and pair, for working out who might change places."""
    known = select(PairingMember).where(PairingMember.round_id == one.id).order_by(PairingMember.id)
    return list(db.session.scalars(known.options(joinedload(PairingMember.person), joinedload(PairingMember.pair))))


def bonds_in(one: PairingRound) -> list[PairingBond]:
    """Return who is always together, or never."""
    named = (
        joinedload(PairingBond.first).joinedload(PairingMember.person),
        joinedload(PairingBond.second).joinedload(PairingMember.person),
    )
    known = select(PairingBond).where(PairingBond.round_id == one.id)
    return list(db.session.scalars(known.options(*named).order_by(PairingBond.id).limit(PAIRS_SHOWN)))


def is_called(name: str) -> ColumnElement[bool]:
    """Return the condition that somebody of a round has a name that begins so; anybody, where none is asked for."""
    return PairingMember.person.has(named_like(name)) if name else true()


def _is_parted() -> ColumnElement[bool]:
    """Return the condition that a pair was parted before its time: nobody is of it any more."""
    return Pair.ended_at.is_not(None) & ~Pair.members.any()


def _own(principal: Principal) -> ColumnElement[bool]:
    return PairingRound.host_id.in_(principal.units(Role.STAFF))
