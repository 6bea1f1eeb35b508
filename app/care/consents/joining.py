"""Signing children up and answering for them as their guardian: both or neither."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.care.consents.answering import UNPROVEN, Said, answer
from app.care.consents.asking import keep_page
from app.care.consents.family import NEWCOMER, FamilyAnswer, is_minor
from app.core.db import db
from app.events.models import Registration, Slot
from app.events.registration import leaning, operations, places
from app.events.registration.scopes import scope_of
from app.events.registration.wishes import SignUp
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.models import ActsFor, Relation
from app.people.operations import Newcomer, add_person
from app.people.queries import acted_for_by


def sign_up_and_answer(asked: SignUp, family: FamilyAnswer, *, by: int, at: datetime) -> list[Registration]:
    """Give people places together, and let what the children's guardian says count before that, so that what it is
    strong enough for is confirmed at once. It proves nothing (DOMAIN rule 2): under 14, for nights away and out of the
    county the places are held until somebody has called.

    Who is no child of the account, or of age, is signed up without it. Raises what `sign_up` and `answer` raise.
    """
    children = {str(acting.person_id) for acting in acted_for_by(by) if _is_answered_for(acting, at)}
    wanted = [number for number in sorted(set(asked.person_ids)) if str(number) in children & family.spoken.keys()]
    scope = scope_of(db.session.get_one(Slot, asked.slot_id))
    _lock_places(wanted, scope, asked.slot_id)
    signers = {number: _answer(number, scope, family, by=by, at=at) for number in wanted}
    made = operations.sign_up(asked, by=by, at=at)
    if signers:
        keep_page(by, scope, signers, at=at)
    return made


@dataclass(frozen=True)
class AnsweredNewcomer:
    """Enters a child, signs it up and answers for it, in the place of `operations.register_newcomer`."""

    family: FamilyAnswer

    def __call__(self, newcomer: Newcomer, asked: SignUp, *, by: int, at: datetime) -> Registration:
        """Do so; returns the place."""
        person = add_person(newcomer, user_id=by, at=at)
        spoken = {str(person.id): self.family.spoken[NEWCOMER]}
        together = replace(asked, person_ids=(person.id,))
        return sign_up_and_answer(together, replace(self.family, spoken=spoken), by=by, at=at)[0]


def _is_answered_for(acting: ActsFor, at: datetime) -> bool:
    return acting.relation is Relation.CHILD and is_minor(acting.person, at)


def _lock_places(person_ids: Iterable[int], scope: str, slot_id: int) -> None:
    """Lock the slots of places that an answer touches, together with the one that is signed up for: in the order of
    ids. Where there are none, as for nearly everybody, that one is left for others until its places are counted."""
    held = {one for number in person_ids for one in _slots_within(number, scope)}
    if held:
        places.lock_slots({*held, slot_id})


def _slots_within(person_id: int, scope: str) -> list[int]:
    return list(db.session.scalars(leaning.within(person_id, scope).with_only_columns(Registration.slot_id)))


def _answer(person_id: int, scope: str, family: FamilyAnswer, *, by: int, at: datetime) -> int:
    """Write the answer about one child down; returns the guardian's number."""
    signed = family.signed
    words = GuardianWords(signed.name, signed.relation)
    guardian = guardians.signing(person_id, words, by, at=at)
    said = Said(person_id, scope, family.spoken[str(person_id)], family.drawn)
    answer(said, guardian, replace(UNPROVEN, by=by), browser_hash=signed.browser_hash, at=at)
    return guardian.id
