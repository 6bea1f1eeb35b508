"""Who of a class round has the guardian's consent to pairing (结对): without it nobody is shown to the other side."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.pairing.models import PairingMember, PairingRound
from app.people.ages import ADULT_FROM, CHILD_UNTIL, age_on
from app.people.consents.models import ConsentInForce, Purpose
from app.people.consents.scopes import programme_scope
from app.people.models import Person

Agreed = Mapping[str, bool]  # purposes agreed to, and whether each is proven


def lacking(one: PairingRound, *, at: datetime) -> set[int]:
    """Return the members of a round, by id, whose guardians have not agreed to pairing."""
    agreed = _in_force(one)
    everybody = select(PairingMember.id, Person.id, Person.born_on).join(PairingMember.person)
    found = db.session.execute(everybody.where(PairingMember.round_id == one.id)).all()
    today = local_day(at)
    return {
        member_id
        for member_id, person_id, born_on in found
        if not is_enough(agreed.get(person_id), age_on(born_on, today))
    }


def lacking_of(one: PairingRound, members: Iterable[PairingMember], *, at: datetime) -> set[int]:
    """Return the same of a few members."""
    some, today = list(members), local_day(at)
    agreed = _in_force(one, [member.person_id for member in some])
    return {
        member.id
        for member in some
        if not is_enough(agreed.get(member.person_id), age_on(member.person.born_on, today))
    }


def is_enough(agreed: Agreed | None, age: int) -> bool:
    """Return whether somebody of an age may be paired with what a guardian agreed to: under 14 it has to be proven
    (PIPL 28, 31), from 18 on nobody is asked."""
    if age >= ADULT_FROM:
        return True
    if agreed is None or Purpose.PAIRING not in agreed:
        return False
    return age >= CHILD_UNTIL or agreed[Purpose.PAIRING]


def pairs_lacking(members: Iterable[PairingMember], lacking_ids: set[int]) -> set[int]:
    """Return the pairs that have somebody whose guardians have not agreed."""
    return {one.pair_id for one in members if one.pair_id is not None and one.id in lacking_ids}


def _in_force(one: PairingRound, person_ids: Sequence[int] | None = None) -> dict[int, Agreed]:
    if one.programme_id is None:
        return {}
    within = select(ConsentInForce.person_id, ConsentInForce.agreed)
    within = within.where(ConsentInForce.scope == programme_scope(one.programme_id))
    if person_ids is not None:
        within = within.where(ConsentInForce.person_id.in_(person_ids))
    found = db.session.execute(within)
    return {row.person_id: row.agreed for row in found}
