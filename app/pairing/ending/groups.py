"""Somebody comes into a group for whoever has left it (换人). The group stays the same one, with its letters and its
journal; asked are whoever comes, and those who would be partners of theirs."""

from datetime import datetime

from sqlalchemy import delete

from app.core.db import db
from app.pairing.accepting.agreed import lacking_of
from app.pairing.accepting.answering import weigh
from app.pairing.accepting.leaving import ENDED, leave
from app.pairing.accepting.models import GivenAnswer, LeftPair, PairContact
from app.pairing.accepting.publishing import ask_anew, show_waiting
from app.pairing.accepting.shown import linked
from app.pairing.arranging import settle
from app.pairing.ending.problems import NotAgreedAtHome, NotFree
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairAnswer, Way


def change_places(pair: Pair, leaving: PairingMember, coming: PairingMember, *, by: int, at: datetime) -> None:
    """Let somebody leave a group, locked, and somebody without a partner come.

    Raises `NotFree`, by class `NotAgreedAtHome`, and `AgainstRule`.
    """
    _claim(coming)
    if pair.round.way is Way.CLASS and lacking_of(pair.round, [coming], at=at):
        raise NotAgreedAtHome(name=coming.person.name)
    leave(pair, leaving, ENDED, at=at)
    db.session.execute(delete(LeftPair).where(LeftPair.pair_id == pair.id, LeftPair.member_id == coming.id))
    coming.pair_id, coming.left_why = pair.id, None
    settle([pair], pair.round, by=by, at=at)
    _ask(pair, [coming, *linked(pair, coming)], at=at)


def _claim(coming: PairingMember) -> None:
    """Refuse who has found a partner meanwhile; the round is locked, so that nobody finds one now."""
    db.session.get_one(PairingRound, coming.round_id, with_for_update={"of": PairingRound}, populate_existing=True)
    db.session.refresh(coming)
    if coming.pair_id is not None:
        raise NotFree


def _ask(pair: Pair, asked: list[PairingMember], *, at: datetime) -> None:
    """Ask these anew. What they said yes to were others, and so were those whom they let know how to reach them."""
    ids = [one.id for one in asked]
    said_yes = (GivenAnswer.pair_id == pair.id, GivenAnswer.answer == PairAnswer.ACCEPTED)
    db.session.execute(delete(GivenAnswer).where(*said_yes, GivenAnswer.member_id.in_(ids)))
    db.session.execute(delete(PairContact).where(PairContact.member_id.in_(ids)))
    if pair.shown_at is None:
        show_waiting(pair.round, at=at)
        return
    if pair.round.way is Way.CLASS:
        pair.formed_at = None  # families have their days to object once more
    ask_anew(pair, asked, at=at)
    weigh(pair, at=at)
