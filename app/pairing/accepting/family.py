"""What a family's page of a pair shows, and who answers there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.pairing.accepting.answering import Signer
from app.pairing.accepting.contacts import Reachable, contacts_for, own_contact, waits_for_proof
from app.pairing.accepting.models import GivenAnswer
from app.pairing.accepting.needed import answers_of, is_minor, missing_of
from app.pairing.accepting.queries import members_of
from app.pairing.accepting.shown import Partner, partners_of
from app.pairing.models import Pair, PairingMember
from app.pairing.states import Missing, PairAnswer, PairState, Way
from app.people.consents import guardians
from app.people.consents.models import Guardian, GuardianRelation
from app.people.models import ActsFor, Relation


@dataclass(frozen=True)
class OwnPair:
    """A pair as the family of one of its members sees it. ``said`` is what whoever looks has answered, None before;
    ``has_asked`` whether this family asked for another."""

    pair: Pair
    member: PairingMember
    is_guardian: bool
    partners: Sequence[Partner]
    contacts: dict[int, Reachable]
    own_contact: Reachable | None
    contact_waits: bool
    missing: Sequence[Missing]
    said: PairAnswer | None
    has_asked: bool
    is_minor: bool

    @property
    def may_answer(self) -> bool:
        """Whether whoever looks has something to say: of somebody of age no parent has."""
        return self.is_minor or not self.is_guardian

    @property
    def may_share(self) -> bool:
        """Whether it is theirs to say how the family may be reached: of a minor a guardian says so."""
        return self.is_formed and self.is_minor == self.is_guardian

    @property
    def is_by_class(self) -> bool:
        """Whether families may object, and are not asked."""
        return self.pair.round.way is Way.CLASS

    @property
    def is_formed(self) -> bool:
        """Whether it has come about."""
        return self.pair.state is PairState.FORMED

    @property
    def is_rearranged(self) -> bool:
        """Whether the teacher arranges it anew: all that the other side reads."""
        return not self.partners or (self.pair.state is PairState.ASKED and not self.has_asked)


def own_pairs(pair: Pair, user_id: int, *, at: datetime) -> list[OwnPair]:
    """Return a pair as an account sees it, once for each of its members that it is or is the parent of."""
    own = db.session.scalars(members_of(user_id, pair.id))
    return [own_pair(pair, member, *_role(user_id, member), at=at) for member in own]


def own_pair(pair: Pair, member: PairingMember, is_guardian: bool, guardian_id: int | None, *, at: datetime) -> OwnPair:
    """Return a pair as one who answers for a member sees it; ``guardian_id`` is None for the youth, and for a
    parent who has not answered yet."""
    answers = answers_of([pair.id])
    return OwnPair(
        pair,
        member,
        is_guardian,
        partners_of(pair, member),
        contacts_for(pair, member, at=at),
        own_contact(member),
        waits_for_proof(member, at=at),
        missing_of([member], answers, at=at)[member.id],
        _said(answers, member, is_guardian, guardian_id),
        any(one.member_id == member.id and one.answer is PairAnswer.ANOTHER for one in answers),
        is_minor(member, at=at),
    )


def from_account(
    operation: Callable[..., object], pair_id: int, member_id: int, *words: object, by: int, at: datetime
) -> None:
    """Let an account say something about a pair: one of `answering` and `contacts`, which say what they raise."""
    operation(pair_id, member_id, signer_of(by, member_id, at=at), *words, at=at)


def signer_of(user_id: int, member_id: int, *, at: datetime) -> Signer:
    """Return as whom an account answers for a member: as the youth itself, or as its guardian, entered if it is the
    first time. Raises `NoResultFound` for anybody else."""
    member = db.session.get_one(PairingMember, member_id)
    if not _is_parent(user_id, member.person_id):
        return Signer(by=user_id)
    guardian = guardians.of_account(member.person_id, user_id, GuardianRelation.GUARDIAN, at=at)
    return Signer(guardian.id, by=user_id)


def _role(user_id: int, member: PairingMember) -> tuple[bool, int | None]:
    if not _is_parent(user_id, member.person_id):
        return False, None
    theirs = (Guardian.person_id == member.person_id, Guardian.user_id == user_id, Guardian.removed_at.is_(None))
    return True, db.session.scalar(select(Guardian.id).where(*theirs))


def _is_parent(user_id: int, person_id: int) -> bool:
    acting = select(ActsFor.relation).where(ActsFor.user_id == user_id, ActsFor.person_id == person_id)
    return db.session.scalars(acting).one() is Relation.CHILD


def _said(
    answers: Sequence[GivenAnswer], member: PairingMember, is_guardian: bool, guardian_id: int | None
) -> PairAnswer | None:
    if is_guardian and guardian_id is None:
        return None
    own = (one for one in answers if one.member_id == member.id and one.guardian_id == guardian_id)
    return next((one.answer for one in own), None)
