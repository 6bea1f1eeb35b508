"""The organiser's list of a published round: how far each pair is, who asked for another and why, who has not
answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.pairing.accepting.agreed import lacking
from app.pairing.accepting.leaving import can_go_on
from app.pairing.accepting.models import GivenAnswer
from app.pairing.accepting.needed import answers_of, missing_of
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.queries import is_called
from app.pairing.states import Missing, PairAnswer, PairState, Way
from app.people.models import Person

PAGE = 30


@dataclass(frozen=True)
class Waiting:
    """A pair of a published round: what is missing, by member; who asked for another or objected, with the reason."""

    pair: Pair
    missing: Mapping[int, Sequence[Missing]]
    asks: Sequence[GivenAnswer]
    lacks_consent: frozenset[int]

    @property
    def people(self) -> list[Person]:
        """Whom it names: who is of it, and who asked for another or objected."""
        return [one.person for one in (*self.pair.members, *(said.member for said in self.asks))]

    @property
    def can_go_on(self) -> bool:
        """Whether it is a pair without those who left it."""
        return can_go_on(self.pair)


def counts_of(one: PairingRound, name: str = "") -> dict[PairState, int]:
    """Return how many pairs of a round, or of those that tell of somebody who is called so, are in which state."""
    counted = select(Pair.state, func.count()).where(Pair.round_id == one.id, _tells_of(name)).group_by(Pair.state)
    return {PairState(state): number for state, number in db.session.execute(counted)}


def unseen_of(one: PairingRound) -> int:
    """Return how many pairs of a round families do not see yet."""
    hidden = (Pair.round_id == one.id, Pair.shown_at.is_(None), Pair.ended_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Pair).where(*hidden)) or 0


def page_of(one: PairingRound, state: PairState | None, after: int, name: str = "", *, at: datetime) -> list[Waiting]:
    """Return a page of a round's pairs, or of those that tell of somebody who is called so, and one more, by number;
    without a state, all that have not ended."""
    known = select(Pair).where(Pair.round_id == one.id, Pair.number > after).order_by(Pair.number).limit(PAGE + 1)
    wanted = Pair.state == state if state else Pair.state != PairState.ENDED
    whole = known.where(wanted, _tells_of(name)).options(selectinload(Pair.members).joinedload(PairingMember.person))
    pairs = list(db.session.scalars(whole))
    answers, members = answers_of([pair.id for pair in pairs]), [member for pair in pairs for member in pair.members]
    missing = missing_of(members, answers, at=at) if one.way is Way.PERSON else {}
    without = frozenset(lacking(one, at=at)) if one.way is Way.CLASS else frozenset()
    return [
        Waiting(
            pair,
            {member.id: missing.get(member.id, []) for member in pair.members},
            [said for said in answers if said.pair_id == pair.id and said.answer is not PairAnswer.ACCEPTED],
            without & {member.id for member in pair.members},
        )
        for pair in pairs
    ]


def without_consent(one: PairingRound, *, at: datetime, most: int = 50) -> tuple[list[PairingMember], int]:
    """Return who of a class round is not shown to the other side, for no guardian has agreed to pairing; and how many
    there are."""
    if one.way is not Way.CLASS:
        return [], 0
    paired = select(PairingMember.id).where(PairingMember.round_id == one.id, PairingMember.pair_id.is_not(None))
    ids = sorted(lacking(one, at=at) & set(db.session.scalars(paired)))
    named = select(PairingMember).where(PairingMember.id.in_(ids[:most])).options(joinedload(PairingMember.person))
    return list(db.session.scalars(named.order_by(PairingMember.id))), len(ids)


def _tells_of(name: str) -> ColumnElement[bool]:
    """Return the condition that somebody of a pair is called so, or somebody who has left it by objecting: as long as
    that waits for the organiser, the pair still tells who it was."""
    if not name:
        return true()
    said = select(GivenAnswer.id).join(GivenAnswer.member).where(GivenAnswer.pair_id == Pair.id, is_called(name))
    return Pair.members.any(is_called(name)) | said.exists()
