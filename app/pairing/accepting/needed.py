"""Whose yes a pair still needs: the youth's own, a guardian's of a minor, and under 14 one that is proven."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.clock import local_day
from app.core.db import db
from app.pairing.accepting.models import GivenAnswer
from app.pairing.models import PairingMember
from app.pairing.states import Missing, PairAnswer
from app.people.ages import ADULT_FROM, CHILD_UNTIL, age_on
from app.people.consents.models import Strength
from app.people.models import ActsFor, Relation


def answers_of(pair_ids: Iterable[int]) -> list[GivenAnswer]:
    """Return what was answered about pairs."""
    whose = joinedload(GivenAnswer.member).joinedload(PairingMember.person)
    known = select(GivenAnswer).where(GivenAnswer.pair_id.in_(list(pair_ids))).options(whose)
    return list(db.session.scalars(known.order_by(GivenAnswer.id)))


def missing_of(
    members: Iterable[PairingMember], answers: Sequence[GivenAnswer], *, at: datetime
) -> dict[int, list[Missing]]:
    """Return for each member, by id, what is missing; nothing where all that is needed has been said.

    A child without an account of its own is asked at home: then the guardian's yes says both.
    """
    everybody = list(members)
    independent = _with_own_account([one.person_id for one in everybody])
    return {
        one.id: _missing(one, [said for said in answers if said.member_id == one.id], independent, at)
        for one in everybody
    }


def is_minor(one: PairingMember, *, at: datetime) -> bool:
    """Return whether a guardian answers for somebody today."""
    return age_on(one.person.born_on, local_day(at)) < ADULT_FROM


def counts(one: PairingMember, strength: Strength, *, at: datetime) -> bool:
    """Return whether a guardian's word is strong enough for somebody: under 14 it has to be proven (PIPL 28, 31)."""
    return strength is not Strength.UNVERIFIED or age_on(one.person.born_on, local_day(at)) >= CHILD_UNTIL


def _missing(one: PairingMember, said: Sequence[GivenAnswer], independent: set[int], at: datetime) -> list[Missing]:
    accepted = [answer for answer in said if answer.answer is PairAnswer.ACCEPTED]
    of_age = not is_minor(one, at=at)
    missing = []
    if (of_age or one.person_id in independent) and all(answer.guardian_id for answer in accepted):
        missing.append(Missing.YOUTH)
    by_guardians = [answer for answer in accepted if answer.guardian_id]
    if not of_age and not any(counts(one, answer.strength, at=at) for answer in by_guardians):
        missing.append(Missing.PROOF if by_guardians else Missing.GUARDIAN)
    return missing


def _with_own_account(person_ids: Sequence[int]) -> set[int]:
    own = select(ActsFor.person_id).where(ActsFor.person_id.in_(person_ids), ActsFor.relation == Relation.ONESELF)
    return set(db.session.scalars(own))
