"""What the county's guardians have answered: most have agreed, some have yet to be asked or called."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import local_day
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.events.registration import consenting, places
from app.events.registration.scopes import Need, scope_of
from app.people.ages import adult_on
from app.people.consents.guardians import of_account
from app.people.consents.models import Answer, ConsentInForce, GuardianRelation, Purpose, Strength
from app.people.consents.notices import notice_of
from app.people.consents.recording import Proof, Sheet, put_in_force, record

_RELATIONS = (GuardianRelation.MOTHER, GuardianRelation.MOTHER, GuardianRelation.FATHER)
_LATER = timedelta(hours=3)


def agree(at: datetime, always: Collection[int] = ()) -> None:
    """Let guardians answer for the places that are held by now: for what was always, for what is to come mostly;
    ``always`` are the printed people, whose guardian agreed unless they are under 14."""
    random = Random(local_day(at).toordinal() + 14)
    held = _held()
    for one in held:
        if one.slot.starts_at <= at or _agrees(random, one, always):
            _answer(random, one, at)
    _weigh(held, at)


def agree_soon(registrations: Iterable[Registration], at: datetime) -> None:
    """Let the guardians of those who have just signed up for one slot agree within hours."""
    random = Random(local_day(at).toordinal() + 15)
    held = [one for one in registrations if one.state is RegistrationState.HELD]
    for one in held:
        _answer(random, one, at)
    if held:
        places.weigh(held[0].slot, held, at=at)


def _held() -> list[Registration]:
    minors = (
        select(Registration)
        .join(Registration.slot)
        .where(Registration.state == RegistrationState.HELD, Registration.consent_id.is_(None))
        .order_by(Registration.registered_at, Registration.id)
    )
    return list(db.session.scalars(minors))


def _agrees(random: Random, one: Registration, always: Collection[int]) -> bool:
    if one.person_id in always:
        return one.registered_on >= one.fourteen_on
    return random.random() < 0.7


def _answer(random: Random, one: Registration, at: datetime) -> None:
    scope, slot = scope_of(one.slot), one.slot
    if _known(one.person_id, scope):
        return
    moment = min(one.registered_at + _LATER, at)
    guardian = of_account(one.person_id, one.registered_by_id, random.choice(_RELATIONS), at=moment)
    if guardian.contact:
        guardian.contact.name = _name(one)
    needs_proof = consenting.need_of_place(one, slot, asks_guardians=True) is Need.PROVEN
    proof = Proof(by=one.registered_by_id)
    if needs_proof:
        proof = Proof(Strength.CALLED, slot.event.created_by_id, moment)
    photos = Answer.YES if random.random() < 0.85 else Answer.NO
    answers = {Purpose.TAKING_PART: Answer.YES, Purpose.PHOTOS: photos}
    sheet = Sheet(one.person_id, scope, guardian, answers, notice_of(slot.event.host_id, at=moment), proof)
    put_in_force(sheet, record(sheet, at=moment), at=moment)


def _name(one: Registration) -> str:
    """Return what the guardian is called: the account's owner, or of a pupil's own account somebody of the name."""
    holder = db.session.get_one(User, one.registered_by_id).name
    return holder if holder != one.person.name else f"{one.person.name[0]}建平"


def _known(person_id: int, scope: str) -> bool:
    theirs = (ConsentInForce.person_id == person_id, ConsentInForce.scope == scope)
    return db.session.scalar(select(ConsentInForce.id).where(*theirs)) is not None


def _weigh(held: Iterable[Registration], at: datetime) -> None:
    by_slot: dict[int, list[Registration]] = {}
    for one in held:
        by_slot.setdefault(one.slot_id, []).append(one)
    for slot_id, members in by_slot.items():
        consenting.weigh(db.session.get_one(Slot, slot_id), members, at=at)
    db.session.flush()


def is_held_at_first(one: Registration, slot: Slot) -> bool:
    """Return whether a place waits for a guardian when somebody signs up."""
    if one.registered_on >= adult_on(one.fourteen_on):
        return False
    return consenting.need_of_place(one, slot, asks_guardians=True) is not Need.NONE
