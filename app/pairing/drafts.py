"""A round as the pairing sees it: read before any transaction, for the sums may take seconds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.pairing.models import Pair, PairingBond, PairingMember, PairingRound, PairingWish
from app.pairing.plans import Plan
from app.pairing.rules import Rules, two
from app.pairing.settings import Settings, read_settings
from app.pairing.youths import Youth
from app.people.models import Person

_BETWEEN = re.compile(r"[\s,，、;；/|]+")
_FACTS = (Person.born_on, Person.gender, Person.languages, Person.interests)
Twos = dict[int, set[int]]


@dataclass(frozen=True)
class Draft:
    """What a round was at a version: who takes part, by the numbers of people, and by what they are paired."""

    round_id: int
    version: int
    youths: tuple[Youth, ...]
    plan: Plan

    def with_settings(self, settings: Settings) -> "Draft":
        """Return the same round paired by other settings."""
        return replace(self, plan=_plan(self.plan, settings))


def draft_of(one: PairingRound) -> Draft:
    """Read a round."""
    members = db.session.execute(
        select(PairingMember.id, PairingMember.person_id, PairingMember.side, PairingMember.grade, *_FACTS)
        .join(PairingMember.person)
        .where(PairingMember.round_id == one.id)
        .order_by(PairingMember.id)
    ).all()
    people = {member.id: member.person_id for member in members}
    wishes, former = _wishes(one.id, people), _former(one)
    youths = tuple(_youth(member, wishes, former) for member in members)
    plan = Plan(one.shape, read_settings(one.settings).weights, _bonds(one.id, people), locked=_locked(one.id))
    return Draft(one.id, one.version, youths, _plan(plan, read_settings(one.settings)))


def words_of(said: str) -> frozenset[str]:
    """Return what somebody wrote, 「篮球、画画」, as words that can be compared."""
    return frozenset(word.casefold() for word in _BETWEEN.split(said) if word)


def _plan(plan: Plan, settings: Settings) -> Plan:
    rules = replace(
        plan.rules,
        months_apart=None if settings.years_apart is None else settings.years_apart * 12,
        same_gender=settings.same_gender,
        common_language=settings.common_language,
        other_side=settings.other_side,
    )
    return replace(
        plan,
        weights=settings.weights,
        rules=rules,
        fairness=settings.fairness,
        seed=settings.seed,
        group_size=settings.group_size,
    )


def _youth(member: Any, wishes: Twos, former: Twos) -> Youth:
    return Youth(
        id=member.person_id,
        side=member.side,
        born_on=member.born_on,
        grade=member.grade,
        gender=member.gender or "",
        languages=words_of(member.languages),
        interests=words_of(member.interests),
        wishes=frozenset(wishes.get(member.person_id, ())),
        former=frozenset(former.get(member.person_id, ())),
    )


def _locked(round_id: int) -> tuple[tuple[int, ...], ...]:
    kept = (
        select(Pair.id, PairingMember.person_id)
        .join(PairingMember.pair)
        .where(Pair.round_id == round_id, Pair.locked_at.is_not(None))
    )
    groups: dict[int, list[int]] = {}
    for pair_id, person_id in db.session.execute(kept):
        groups.setdefault(pair_id, []).append(person_id)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))


def _wishes(round_id: int, people: dict[int, int]) -> Twos:
    asked = select(PairingWish.member_id, PairingWish.wished_id).where(PairingWish.round_id == round_id)
    return _twos((people[one], people[other]) for one, other in db.session.execute(asked))


def _bonds(round_id: int, people: dict[int, int]) -> Rules:
    known = select(PairingBond).where(PairingBond.round_id == round_id)
    said = [(two(people[one.first_id], people[one.second_id]), one.is_together) for one in db.session.scalars(known)]
    return Rules(
        apart=frozenset(both for both, is_together in said if not is_together),
        together=frozenset(both for both, is_together in said if is_together),
    )


def _former(one: PairingRound) -> Twos:
    """Return who of a round was somebody's partner in another one of the same host: in a pair that came about, and that
    nobody parted early."""
    mine, theirs = aliased(PairingMember), aliased(PairingMember)
    here = select(PairingMember.person_id).where(PairingMember.round_id == one.id)
    met = (
        select(mine.person_id, theirs.person_id)
        .join(theirs, (theirs.pair_id == mine.pair_id) & (theirs.id != mine.id))
        .join(PairingRound, PairingRound.id == mine.round_id)
        .where(mine.person_id.in_(here), PairingRound.id != one.id, PairingRound.host_id == one.host_id)
        .join(Pair, Pair.id == mine.pair_id)
        .where(Pair.formed_at.is_not(None))
    )
    return _twos((one, other) for one, other in db.session.execute(met))


def _twos(found: Iterable[tuple[int, int]]) -> Twos:
    twos: Twos = {}
    for one, other in found:
        twos.setdefault(one, set()).add(other)
    return twos
