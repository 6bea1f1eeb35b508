"""What families say about a pair: accept it, ask for another, object to it. The pair is locked first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.pairing.accepting.leaving import ENDED, can_go_on, leave
from app.pairing.accepting.models import GivenAnswer
from app.pairing.accepting.needed import answers_of, is_minor, missing_of
from app.pairing.accepting.problems import NotForYou, PairOver
from app.pairing.accepting.telling import tell_formed
from app.pairing.models import Pair, PairingMember
from app.pairing.rounds import RECORD
from app.pairing.states import PairAnswer, PairState, Way
from app.people.consents.models import Guardian, Strength


@dataclass(frozen=True)
class Signer:
    """Who says it: the youth itself where ``guardian_id`` is None. ``by`` is the account, or who wrote a call down."""

    guardian_id: int | None = None
    strength: Strength = Strength.UNVERIFIED
    by: int | None = None


def accept(pair_id: int, member_id: int, signer: Signer, *, at: datetime) -> Pair:
    """Say yes to a partner; the pair comes about with the last yes it needs. A second time changes nothing.

    Raises `PairOver`, `NotForYou`.
    """
    pair, member = open_pair(pair_id, member_id)
    _check(pair, member, signer, Way.PERSON, at)
    _write(pair, member, signer, PairAnswer.ACCEPTED, "", at)
    weigh(pair, at=at)
    return pair


def ask_another(pair_id: int, member_id: int, signer: Signer, reason: str, *, at: datetime) -> Pair:
    """Ask the organiser for another partner, also once a pair has come about; who has asked and why only the organiser
    reads. A second time changes the reason.

    Raises `PairOver`, `NotForYou`.
    """
    pair, member = open_pair(pair_id, member_id)
    _check(pair, member, signer, Way.PERSON, at)
    _write(pair, member, signer, PairAnswer.ANOTHER, reason, at)
    if pair.state is not PairState.ASKED:
        note_change(RECORD, pair.round_id, "asked_another", by=signer.by, at=at, number=pair.number)
    weigh(pair, at=at)
    return pair


def object_to(pair_id: int, member_id: int, signer: Signer, reason: str, *, at: datetime) -> Pair:
    """Take somebody out of a pair by class at once; what becomes of the rest is for the organiser to say.

    Raises `PairOver`, `NotForYou`.
    """
    pair, member = open_pair(pair_id, member_id)
    _check(pair, member, signer, Way.CLASS, at)
    _write(pair, member, signer, PairAnswer.OBJECTED, reason, at)
    leave(pair, member, PairAnswer.OBJECTED, at=at)
    note_change(RECORD, pair.round_id, "objected", by=signer.by, at=at, number=pair.number)
    weigh(pair, at=at)
    return pair


def take_out(member_id: int, *, at: datetime) -> None:
    """Take somebody out of a pair who is being erased; the organiser finds the pair among the objections."""
    member = db.session.get_one(PairingMember, member_id)
    if member.pair_id is not None:
        pair = lock_pair(member.pair_id)
        leave(pair, member, ENDED, at=at)
        weigh(pair, at=at)


def weigh(pair: Pair, *, at: datetime) -> None:
    """Let a pair, locked, be what its families have said it is; tell them when it has come about."""
    answers, before = answers_of([pair.id]), pair.state
    said = {one.answer for one in answers}
    if PairAnswer.ANOTHER in said:
        pair.state = PairState.ASKED
    elif PairAnswer.OBJECTED in said or not can_go_on(pair):
        pair.state = PairState.OBJECTED
    elif _is_formed(pair, answers, at):
        pair.state, pair.formed_at = PairState.FORMED, pair.formed_at or at
    else:
        pair.state = PairState.PROPOSED
    if pair.state is PairState.FORMED and before is not PairState.FORMED:
        note_change(RECORD, pair.round_id, "formed", by=None, at=at, number=pair.number)
        tell_formed(pair, at=at)
    db.session.flush()


def lock_pair(pair_id: int) -> Pair:
    """Return a pair that is about to change, with its members as they are now."""
    pair = db.session.get_one(Pair, pair_id, with_for_update={"of": Pair}, populate_existing=True)
    db.session.expire(pair, ["members"])
    return pair


def open_pair(pair_id: int, member_id: int) -> tuple[Pair, PairingMember]:
    """Return a pair that families see and one of its members, locked. Raises `PairOver`."""
    pair = lock_pair(pair_id)
    member = next((one for one in pair.members if one.id == member_id), None)
    if member is None or pair.shown_at is None or pair.state is PairState.ENDED:
        raise PairOver
    return pair, member


def _check(pair: Pair, member: PairingMember, signer: Signer, way: Way, at: datetime) -> None:
    if pair.round.way is not way:
        raise PairOver
    if signer.guardian_id is None:
        return
    guardian = db.session.get_one(Guardian, signer.guardian_id)
    if guardian.person_id != member.person_id or not guardian.may_consent or not is_minor(member, at=at):
        raise NotForYou


def _write(pair: Pair, member: PairingMember, signer: Signer, answer: PairAnswer, reason: str, at: datetime) -> None:
    whose = (GivenAnswer.pair_id == pair.id, GivenAnswer.member_id == member.id)
    own = GivenAnswer.guardian_id.is_(None)
    is_theirs = GivenAnswer.guardian_id == signer.guardian_id if signer.guardian_id else own
    known = db.session.scalar(select(GivenAnswer).where(*whose, is_theirs))
    if known is None:
        known = GivenAnswer(pair_id=pair.id, member_id=member.id, guardian_id=signer.guardian_id)
        db.session.add(known)
    is_same_and_proven = known.answer is answer and known.strength not in {None, Strength.UNVERIFIED}
    if not (is_same_and_proven and signer.strength is Strength.UNVERIFIED):
        known.strength, known.by_id, known.at = signer.strength, signer.by, at
    known.answer, known.reason = answer, reason
    db.session.flush()


def _is_formed(pair: Pair, answers: list[GivenAnswer], at: datetime) -> bool:
    if pair.shown_at is None or pair.answer_by is None:
        return False
    if pair.round.way is Way.CLASS:
        return pair.formed_at is not None or pair.answer_by <= at
    return not any(missing_of(pair.members, answers, at=at).values())
