"""A side's published pairs, as its partner may know them: the own child whole, of the other one the fields agreed for
families (`app.pairing.accepting.shown`), and nothing of who has not agreed to be told of."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.core.clock import local_day
from app.core.db import db
from app.pairing.accepting.queries import is_shown
from app.pairing.accepting.shown import Partner, partners_of
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState
from app.partners.models import PartnerLink
from app.partners.queries import MOST, people_sent
from app.people.ages import ADULT_FROM, age_on
from app.people.consents.models import ConsentInForce, Purpose
from app.people.consents.scopes import programme_scope
from app.programmes.models import Application


@dataclass(frozen=True)
class OwnPair:
    """Somebody whom the partner has sent, and with whom they are paired; ``untold`` counts partners who have not agreed
    to be told of. Of a pair that is arranged anew no partner is told, nor who asked for it."""

    round: PairingRound
    number: int
    own: PairingMember
    partners: Sequence[Partner]
    untold: int

    @property
    def is_rearranged(self) -> bool:
        """Whether the teacher arranges it anew: all that either side reads."""
        return not self.partners and not self.untold


def pairs_of(link: PartnerLink) -> list[OwnPair]:
    """Return the pairs of a link's side in the published rounds of its programme, which families have been shown."""
    own_ids = set(db.session.scalars(people_sent(link.side_id).with_only_columns(Application.person_id).order_by(None)))
    pairs = _shown_pairs(link, own_ids)
    agreed = _agreed([one for pair in pairs for one in pair.members], link.side.programme_id)
    return [_own(pair, own, agreed) for pair in pairs for own in pair.members if own.person_id in own_ids]


def table(pairs: Sequence[OwnPair]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the file, an own child a row."""
    head = [_("Round"), _("Pair"), _("Name"), _("School and class"), _("Partner"), _("From"), _("Grade"), _("Likes")]
    return [str(word) for word in head], [_row(one) for one in pairs]


def _shown_pairs(link: PartnerLink, own_ids: set[int]) -> Sequence[Pair]:
    mine = aliased(PairingMember)
    found = (
        select(Pair)
        .join(Pair.round)
        .join(mine, mine.pair_id == Pair.id)
        .where(PairingRound.programme_id == link.side.programme_id, PairingRound.published_at.is_not(None))
        .where(is_shown(), mine.person_id.in_(own_ids))
        .options(selectinload(Pair.members).joinedload(PairingMember.person), joinedload(Pair.round))
        .order_by(Pair.round_id, Pair.number)
    )
    return db.session.scalars(found.limit(MOST)).unique().all()


def _own(pair: Pair, own: PairingMember, agreed: set[int]) -> OwnPair:
    everybody = [] if pair.state is PairState.ASKED else partners_of(pair, own)
    told = [one for one in everybody if one.member_id in agreed]
    return OwnPair(pair.round, pair.number, own, told, len(everybody) - len(told))


def _agreed(members: Sequence[PairingMember], programme_id: int) -> set[int]:
    """Return which members may be told of: grown-ups, and minors whose guardian agreed to sharing with the other
    side."""
    ids = [one.person_id for one in members]
    held = (ConsentInForce.person_id.in_(ids), ConsentInForce.scope == programme_scope(programme_id))
    consents = db.session.scalars(select(ConsentInForce).where(*held))
    shared = {one.person_id for one in consents if Purpose.SHARING in one.agreed}
    return {one.id for one in members if one.person_id in shared or _is_grown_up(one)}


def _is_grown_up(one: PairingMember) -> bool:
    published = one.round.published_at
    return published is not None and age_on(one.person.born_on, local_day(published)) >= ADULT_FROM


def _row(one: OwnPair) -> list[str]:
    place = " ".join(part for part in (one.own.school, one.own.class_name) if part)
    names = [partner.first_name for partner in one.partners] + [str(_("(told by the host)"))] * one.untold
    names += [str(_("The teacher arranges it anew"))] if one.is_rearranged else []
    sides, grades = ([getattr(each, name) for each in one.partners] for name in ("side", "grade"))
    likes = ["、".join(partner.interests) for partner in one.partners]
    start = [one.round.title, str(one.number), one.own.person.name, place, "、".join(names)]
    return (
        start
        + ["、".join(filter(None, dict.fromkeys(words))) for words in (sides, grades)]
        + ["；".join(filter(None, likes))]
    )
