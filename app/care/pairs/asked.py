"""Which pairs a guardian's link asks about, or a private page shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.care.consents.models import GuardianAsk, GuardianLink
from app.core.db import db
from app.pairing.accepting.family import OwnPair, own_pair
from app.pairing.accepting.needed import is_minor
from app.pairing.accepting.queries import is_shown
from app.pairing.models import Pair, PairingMember
from app.people.consents.models import Strength
from app.people.consents.scopes import pairing_round_of


@dataclass(frozen=True)
class AskedPair:
    """One child's pair, as its guardian sees it; ``ask`` stands for it in forms."""

    ask: GuardianAsk
    own: OwnPair


def pairs_asked(link: GuardianLink, *, at: datetime) -> list[AskedPair]:
    """Return the pairs a link is about that families still see."""
    found = []
    for ask in link.asks:
        member = member_of(ask)
        if member and member.pair:
            found.append(AskedPair(ask, own_pair(member.pair, member, True, ask.guardian_id, at=at)))
    return found


def asks_about_pairs(link: GuardianLink) -> bool:
    """Return whether a link asks about pairs alone."""
    return bool(link.asks) and all(pairing_round_of(one.scope) for one in link.asks)


def member_of(ask: GuardianAsk) -> PairingMember | None:
    """Return who of a round an ask is about, while there is a pair that families see; None for another ask."""
    round_id = pairing_round_of(ask.scope)
    if round_id is None:
        return None
    theirs = (PairingMember.round_id == round_id, PairingMember.person_id == ask.person_id)
    return db.session.scalar(select(PairingMember).join(PairingMember.pair).where(*theirs, is_shown()))


def reader_of_letters(ask: GuardianAsk, *, at: datetime) -> PairingMember | None:
    """Return the child whose letters a guardian reads on a page: a minor whose pair has come about, where it is proven
    that the page is this guardian's, who still is one; None otherwise."""
    guardian, member = ask.guardian, member_of(ask)
    is_proven = ask.opened_at is not None and guardian is not None and guardian.removed_at is None
    if not is_proven or member is None or member.pair is None or member.pair.formed_at is None:
        return None
    return member if is_minor(member, at=at) else None


def strength_on(ask: GuardianAsk) -> Strength:
    """Return what an answer on a page is proven by: a page that was opened is known to be the guardian's."""
    return Strength.ROSTER_PHONE if ask.opened_at else Strength.UNVERIFIED


def pair_of(link: GuardianLink, ask_id: int) -> tuple[GuardianAsk, Pair, PairingMember] | None:
    """Return what a form is about, None if a link asks no such thing or it is over."""
    ask = next((one for one in link.asks if one.id == ask_id), None)
    member = member_of(ask) if ask else None
    return (ask, member.pair, member) if ask and member and member.pair else None
