"""Which pairs a guardian's link asks about, or a private page shows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.pairs.ended import ended_with_letters
from app.core.db import db
from app.pairing.accepting.family import OwnPair, own_pair
from app.pairing.accepting.needed import is_minor
from app.pairing.accepting.queries import is_shown
from app.pairing.models import Pair, PairingMember
from app.people.consents.models import Strength
from app.people.consents.scopes import pairing_round_of


@dataclass(frozen=True)
class AskedPair:
    """One child's pair, as its guardian sees it; ``ask`` stands for it in forms. One that is over has ``ended_on``: of
    it there are the letters left to read, and ``own`` is None."""

    ask: GuardianAsk
    pair: Pair
    member: PairingMember
    own: OwnPair | None = None
    ended_on: date | None = None


def pairs_asked(link: GuardianLink, *, at: datetime) -> list[AskedPair]:
    """Return the pairs a link is about that families still see; on a private page each child's ended ones follow, as
    long as there are letters to read."""
    found = []
    for ask in (one for one in link.asks if pairing_round_of(one.scope)):
        member = member_of(ask)
        if member and member.pair:
            own = own_pair(member.pair, member, True, ask.guardian_id, at=at)
            found.append(AskedPair(ask, member.pair, member, own))
        if link.is_page:
            found += _ended_of(ask, at=at)
    return found


def asks_about_pairs(link: GuardianLink) -> bool:
    """Return whether a link asks about pairs alone."""
    return bool(link.asks) and all(pairing_round_of(one.scope) for one in link.asks)


def member_of(ask: GuardianAsk) -> PairingMember | None:
    """Return who of a round an ask is about, while there is a pair that families see; None for another ask."""
    return db.session.scalar(_members(ask).join(PairingMember.pair).where(is_shown()))


def pair_to_read(ask: GuardianAsk, ended_id: int | None, *, at: datetime) -> AskedPair | None:
    """Return the pair of a minor whose letters a guardian reads on a page that is proven to be this guardian's, who
    still is one: the pair that has come about, or of those that are over the one with a number; None otherwise."""
    if ended_id is not None:
        return next((one for one in _ended_of(ask, at=at) if one.pair.id == ended_id), None)
    member = member_of(ask)
    if member is None or member.pair is None or member.pair.formed_at is None or not _may_read(ask, member, at=at):
        return None
    return AskedPair(ask, member.pair, member)


def strength_on(ask: GuardianAsk) -> Strength:
    """Return what an answer on a page is proven by: a page that was opened is known to be the guardian's."""
    return Strength.ROSTER_PHONE if ask.opened_at else Strength.UNVERIFIED


def pair_of(link: GuardianLink, ask_id: int) -> tuple[GuardianAsk, Pair, PairingMember] | None:
    """Return what a form is about, None if a link asks no such thing or it is over."""
    ask = next((one for one in link.asks if one.id == ask_id), None)
    member = member_of(ask) if ask else None
    return (ask, member.pair, member) if ask and member and member.pair else None


def _ended_of(ask: GuardianAsk, *, at: datetime) -> list[AskedPair]:
    """Return the pairs of a child that are over and have letters that its guardian could read before, the latest first;
    none unless it is proven whose page it is."""
    member = db.session.scalar(_members(ask))
    if member is None or not _may_read(ask, member, at=at):
        return []
    return [AskedPair(ask, pair, member, ended_on=day) for pair, day in ended_with_letters(member)]


def _members(ask: GuardianAsk) -> Select[PairingMember]:
    theirs = (PairingMember.round_id == pairing_round_of(ask.scope), PairingMember.person_id == ask.person_id)
    return select(PairingMember).where(*theirs)


def _may_read(ask: GuardianAsk, member: PairingMember, *, at: datetime) -> bool:
    guardian = ask.guardian
    is_proven = ask.opened_at is not None and guardian is not None and guardian.removed_at is None
    return is_proven and is_minor(member, at=at)
