"""A school's own pupils whose pair still waits for an answer of theirs or of a guardian."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.pairing.accepting.needed import answers_of, missing_of
from app.pairing.accepting.queries import is_shown
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import Missing, PairState, Way

PAGE = 50
_STEP = 200  # members looked at at once


@dataclass(frozen=True)
class Unanswered:
    """Somebody whose side of a pair has not said yes yet, and whose word is missing."""

    member: PairingMember
    pair: Pair
    missing: Sequence[Missing]

    def is_late(self, at: datetime) -> bool:
        """Return whether the last day to answer is over; an answer still counts."""
        return self.pair.answer_by is not None and self.pair.answer_by <= at


def page_of_unanswered(
    one: PairingRound, pupils: Select[PairingMember], after: int, *, at: datetime
) -> tuple[list[Unanswered], int | None]:
    """Return a page of those of these pupils of a round who have not answered, and after whom the next one starts."""
    found = list(islice(unanswered(one, pupils, after, at=at), PAGE + 1))
    return found[:PAGE], found[PAGE - 1].member.id if len(found) > PAGE else None


def unanswered(
    one: PairingRound, pupils: Select[PairingMember], after: int = 0, *, at: datetime
) -> Iterator[Unanswered]:
    """Yield who of these pupils of a round has not answered, some at a time; nobody where families are not asked."""
    if one.way is not Way.PERSON:
        return
    asked = pupils.join(PairingMember.pair).where(PairingMember.round_id == one.id)
    asked = asked.where(Pair.state == PairState.PROPOSED, is_shown()).order_by(PairingMember.id).limit(_STEP)
    whole = asked.options(joinedload(PairingMember.person), joinedload(PairingMember.pair))
    while members := db.session.scalars(whole.where(PairingMember.id > after)).all():
        missing = missing_of(members, answers_of({member.pair_id or 0 for member in members}), at=at)
        yield from (Unanswered(one, one.pair, missing[one.id]) for one in members if one.pair and missing[one.id])
        after = members[-1].id
        if len(members) < _STEP:
            return
