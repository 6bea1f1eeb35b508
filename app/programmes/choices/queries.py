"""Which rounds of choices there are, what was wished for, and what an assignment would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.programmes.choices.assigning import Wish, assign
from app.programmes.models import (
    MOST_CHOICES,
    Application,
    ApplicationState,
    ChoiceProgramme,
    ChoiceRound,
    Programme,
    RankedChoice,
    Side,
)
from app.programmes.reading.queries import points_of

MOST = 5000


@dataclass(frozen=True)
class Filled:
    """A side in the preview: how many places it has left, and who gets them, by name and choice."""

    side: Side
    got: Sequence[tuple[Application, int]]


@dataclass(frozen=True)
class Preview:
    """What the assignment would give: side by side, by which choice people got theirs, and who gets none."""

    filled: Sequence[Filled]
    by_rank: Mapping[int, int]
    left: Sequence[Application]
    placed: dict[int, Wish]
    wishes: Sequence[Wish]


def rounds_run_by(principal: Principal) -> Select[ChoiceRound]:
    """Return the rounds of the hosts somebody works for."""
    return select(ChoiceRound).where(ChoiceRound.host_id.in_(principal.units(Role.STAFF)))


def rounds_in_view(principal: Principal) -> Sequence[ChoiceRound]:
    """Return the latest of them."""
    own = ChoiceRound.host_id.in_(principal.units_in_view(Role.STAFF))
    return db.session.scalars(select(ChoiceRound).where(own).order_by(ChoiceRound.id.desc()).limit(50)).all()


def programmes_to_offer(host_ids: frozenset[int], today: date) -> Sequence[Programme]:
    """Return the programmes of some hosts that are to come and in no round yet."""
    taken = select(ChoiceProgramme.programme_id)
    found = select(Programme).where(
        Programme.host_id.in_(host_ids),
        Programme.starts_on > today,
        Programme.published_at.is_not(None),
        Programme.cancelled_at.is_(None),
        Programme.id.not_in(taken),
    )
    return db.session.scalars(found.order_by(Programme.starts_on, Programme.id).limit(100)).all()


def round_of(programme_id: int) -> ChoiceRound | None:
    """Return the round that a programme is in."""
    in_it = select(ChoiceProgramme.round_id).where(ChoiceProgramme.programme_id == programme_id)
    return db.session.scalar(select(ChoiceRound).where(ChoiceRound.id.in_(in_it)))


def own_in_round(one: ChoiceRound, person_id: int) -> Sequence[Application]:
    """Return somebody's applications in a round that wait for a decision, as they are ranked, then as they came."""
    found = _waiting(one).where(Application.person_id == person_id)
    ranked = found.outerjoin(RankedChoice, RankedChoice.application_id == Application.id)
    order = (RankedChoice.rank.is_(None), RankedChoice.rank, Application.id)
    return db.session.scalars(ranked.order_by(*order)).all()


def ranks_of(one: ChoiceRound) -> dict[int, int]:
    """Return as which choice each ranked application of a round counts."""
    said = select(RankedChoice.application_id, RankedChoice.rank).where(RankedChoice.round_id == one.id)
    return dict(db.session.execute(said).all())


def wishes_of(one: ChoiceRound) -> list[Wish]:
    """Return everything that is asked for in a round: ranked ones as they are, others after them as they came; whoever
    applied for one programme alone wishes for that."""
    ranks, waiting = ranks_of(one), db.session.scalars(_waiting(one).order_by(Application.id).limit(MOST)).all()
    points: dict[int, int] = {}
    for offered in one.offered:
        points |= points_of(offered.programme_id)
    return [
        Wish(row.id, row.person_id, row.side_id, ranks.get(row.id, MOST_CHOICES + 1), points.get(row.id, 0))
        for row in waiting
    ]


def preview_of(one: ChoiceRound) -> Preview:
    """Return what the assignment would give now."""
    wishes = wishes_of(one)
    rows = {row.id: row for row in db.session.scalars(_waiting(one).limit(MOST))}
    sides = db.session.scalars(_sides(one)).unique().all()
    placed = assign(wishes, {side.id: side.free for side in sides}, one.seed)
    filled = [
        Filled(side, [(rows[got.application], got.rank) for got in placed.values() if got.side == side.id])
        for side in sides
    ]
    by_rank: dict[int, int] = {}
    for got in placed.values():
        by_rank[got.rank] = by_rank.get(got.rank, 0) + 1
    left = {wish.person: rows[wish.application] for wish in wishes if wish.person not in placed}
    return Preview(filled, dict(sorted(by_rank.items())), list(left.values()), placed, wishes)


def count_ranked(one: ChoiceRound) -> tuple[int, int]:
    """Return how many people have ranked, of how many who wait for a decision."""
    people = _waiting(one).with_only_columns(func.count(Application.person_id.distinct())).order_by(None)
    said = people.join(RankedChoice, RankedChoice.application_id == Application.id)
    return db.session.scalar(said) or 0, db.session.scalar(people) or 0


def _waiting(one: ChoiceRound) -> Select[Application]:
    programmes = [offered.programme_id for offered in one.offered]
    found = select(Application).where(
        Application.programme_id.in_(programmes), Application.state == ApplicationState.APPLIED
    )
    return found.options(joinedload(Application.person), joinedload(Application.side).joinedload(Side.programme))


def _sides(one: ChoiceRound) -> Select[Side]:
    programmes = [offered.programme_id for offered in one.offered]
    return select(Side).where(Side.programme_id.in_(programmes)).options(joinedload(Side.programme)).order_by(Side.id)
