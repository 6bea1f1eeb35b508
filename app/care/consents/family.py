"""A parent who signs children up answers in the same form: for which children, about what, and what was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.care.consents.guardian_page import Signed
from app.core.clock import local_day
from app.events.models import Slot
from app.events.registration.consenting import covering
from app.events.registration.scopes import Need, need_of
from app.events.rules import rules_of
from app.people.ages import ADULT_FROM, age_on
from app.people.consents.models import Purpose
from app.people.models import ActsFor, Person, Relation

NEWCOMER = "new"
Spoken = Mapping[Purpose, bool]


@dataclass(frozen=True)
class Child:
    """One child on the page of a sign-up: ``key`` is the person's number, or `NEWCOMER`; ``name`` is "" of a newcomer,
    and ``age`` None."""

    key: str
    name: str = ""
    age: int | None = None


@dataclass(frozen=True)
class FamilyAnswer:
    """What a parent said beside a sign-up, by the child's key, and who signed, perhaps by hand; whoever is not in it is
    answered for later."""

    spoken: Mapping[str, Spoken]
    signed: Signed
    drawn: bytes | None = None


def children_to_answer_for(slot: Slot, known: Iterable[ActsFor], *, at: datetime) -> list[Child]:
    """Return the minors among an account's children for whom a place in a slot needs a guardian, and nobody has agreed
    so far."""
    minors = [acting.person for acting in known if acting.relation is Relation.CHILD and is_minor(acting.person, at)]
    if not minors:
        return []
    asks = rules_of(slot.event.host_id).asks_guardians
    asked = [one for one in minors if _need(one, slot, at, asks_guardians=asks) is not Need.NONE]
    agreed, today = covering(slot, [one.id for one in asked]), local_day(at)
    return [Child(str(one.id), one.name, age_on(one.born_on, today)) for one in asked if one.id not in agreed]


def is_minor(person: Person, at: datetime) -> bool:
    """Return whether a guardian may answer for somebody at all."""
    return age_on(person.born_on, local_day(at)) < ADULT_FROM


def _need(person: Person, slot: Slot, at: datetime, *, asks_guardians: bool) -> Need:
    leaves = slot.event.leaves_county
    return need_of(person.fourteen_on, local_day(at), slot, leaves_county=leaves, asks_guardians=asks_guardians)
