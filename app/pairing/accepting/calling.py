"""What somebody said about a pair on the phone: staff writes down who, and it counts. Staff calls; it never agrees."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.pairing.accepting.answering import Signer, accept, ask_another, object_to
from app.pairing.accepting.models import PairContact
from app.pairing.accepting.problems import PairOver
from app.pairing.models import Pair, PairingMember
from app.pairing.rounds import RECORD
from app.pairing.states import PairAnswer
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Strength


@dataclass(frozen=True)
class Called:
    """Who said what: a guardian who is known, one to be entered, or, with neither, the youth itself. ``has_shared``
    says that what was typed to be reached by is right and may be seen."""

    answer: PairAnswer
    reason: str = ""
    guardian_id: int | None = None
    new_guardian: GuardianWords | None = None
    has_shared: bool = False


def write_call(member_id: int, said: Called, *, by: int, at: datetime) -> Pair:
    """Write a call down. Raises `PairOver`, `NotForYou`."""
    member = db.session.get_one(PairingMember, member_id)
    if member.pair_id is None:
        raise PairOver
    signer = Signer(_guardian_id(member, said, by, at), Strength.CALLED, by)
    pair = _answered(member.pair_id, member_id, signer, said, at)
    contact = db.session.scalar(select(PairContact).where(PairContact.member_id == member_id))
    if said.has_shared and contact and signer.guardian_id:
        contact.strength, contact.guardian_id, contact.agreed_at = Strength.CALLED, signer.guardian_id, at
    note_change(RECORD, pair.round_id, "called", by=by, at=at, number=pair.number)
    return pair


def _answered(pair_id: int, member_id: int, signer: Signer, said: Called, at: datetime) -> Pair:
    if said.answer is PairAnswer.ACCEPTED:
        return accept(pair_id, member_id, signer, at=at)
    tell = ask_another if said.answer is PairAnswer.ANOTHER else object_to
    return tell(pair_id, member_id, signer, said.reason, at=at)


def _guardian_id(member: PairingMember, said: Called, by: int, at: datetime) -> int | None:
    if said.new_guardian is None:
        return said.guardian_id
    return guardians.typed(member.person_id, said.new_guardian, by=by, at=at).id
