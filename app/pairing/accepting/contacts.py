"""How two families reach each other: typed for that alone, shown once both have agreed to it, gone when it is taken
back. It is sealed under a key outside the database, and in no list."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from app.core.crypto import seal, unseal
from app.core.db import db
from app.pairing.accepting.answering import Signer, open_pair
from app.pairing.accepting.models import SEALED_FOR, PairContact
from app.pairing.accepting.needed import counts, is_minor
from app.pairing.accepting.problems import NotForYou, NothingToShare
from app.pairing.accepting.shown import linked
from app.pairing.models import Pair, PairingMember
from app.pairing.states import PairState
from app.people.consents.models import Guardian


@dataclass(frozen=True)
class Reachable:
    """By what somebody may be reached; "" for what was not typed."""

    phone: str = ""
    wechat: str = ""


def share(pair_id: int, member_id: int, signer: Signer, words: Reachable, *, at: datetime) -> None:
    """Agree that the partner's family may see how to reach this one: of a minor a guardian says so. The same again
    changes what is shown.

    Raises `NothingToShare`, `NotForYou`, `PairOver`.
    """
    _pair, member = open_pair(pair_id, member_id)
    if not (words.phone or words.wechat):
        raise NothingToShare
    _check(member, signer, at)
    known = _of(member_id) or PairContact(member_id=member_id)
    known.guardian_id, known.strength, known.agreed_at = signer.guardian_id, signer.strength, at
    known.sealed = seal(SEALED_FOR, json.dumps(asdict(words), ensure_ascii=False))
    db.session.add(known)
    db.session.flush()


def take_back(pair_id: int, member_id: int) -> None:
    """Show it to nobody any more, and keep nothing of it; a second time changes nothing. Raises `PairOver`."""
    open_pair(pair_id, member_id)
    db.session.execute(delete(PairContact).where(PairContact.member_id == member_id))


def own_contact(member: PairingMember) -> Reachable | None:
    """Return what was typed for somebody, for the family that typed it."""
    known = _of(member.id)
    return _read(known) if known else None


def contacts_for(pair: Pair, member: PairingMember, *, at: datetime) -> dict[int, Reachable]:
    """Return how somebody's partners may be reached, by member: where the pair has come about and both have agreed."""
    if pair.state is not PairState.FORMED:
        return {}
    known = _counting([member, *linked(pair, member)], at)
    if member.id not in known:
        return {}
    return {one: _read(contact) for one, contact in known.items() if one != member.id}


def waits_for_proof(member: PairingMember, *, at: datetime) -> bool:
    """Return whether something was typed for somebody that does not count yet, for nobody knows that it was a
    guardian."""
    known = _of(member.id)
    return known is not None and not counts(member, known.strength, at=at)


def _counting(members: Iterable[PairingMember], at: datetime) -> dict[int, PairContact]:
    by_id = {one.id: one for one in members}
    found = db.session.scalars(select(PairContact).where(PairContact.member_id.in_(by_id)))
    return {one.member_id: one for one in found if counts(by_id[one.member_id], one.strength, at=at)}


def _check(member: PairingMember, signer: Signer, at: datetime) -> None:
    if is_minor(member, at=at) != (signer.guardian_id is not None):
        raise NotForYou
    if signer.guardian_id is not None:
        guardian = db.session.get_one(Guardian, signer.guardian_id)
        if guardian.person_id != member.person_id or not guardian.may_consent:
            raise NotForYou


def _of(member_id: int) -> PairContact | None:
    return db.session.scalar(select(PairContact).where(PairContact.member_id == member_id))


def _read(known: PairContact) -> Reachable:
    told = unseal(SEALED_FOR, known.sealed)
    return Reachable(**json.loads(told)) if told else Reachable()
