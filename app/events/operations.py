"""Taking a place in a slot and giving it back."""

from datetime import datetime

from sqlalchemy import ColumnElement, Update, bindparam, select, update

from app.accounts.identifiers import Way
from app.accounts.operations import open_account
from app.core.clock import local_day
from app.core.codes import new_code
from app.core.db import db, insert_row, table_of
from app.events import reasons
from app.events.models import OPEN, Registration, RegistrationState, Slot
from app.events.problems import BirthDateInUse, SlotFull, TooLateToCancel
from app.events.telling import tell_place
from app.events.wishes import Wish, read_wish
from app.people.models import Person
from app.people.operations import Details, Newcomer, add_person, edit_person

_SLOT = table_of(Slot)


def register(person_id: int, slot_id: int, *, by: int, at: datetime) -> Registration:
    """Give a person a place; a second sign-up for the same slot returns the first.

    A child under 14 gets it held until a guardian agrees. Raises the `Problem` that says why not.
    """
    wish = read_wish(person_id, slot_id, by=by)
    if wish.existing_id:
        return db.session.get_one(Registration, wish.existing_id)
    refusal = reasons.why_closed(wish, wish, at=at) or reasons.why_not_this_person(wish, wish.born_on, on=local_day(at))
    if refusal:
        raise refusal
    registration = _registration(wish, person_id, slot_id, by=by, at=at)
    tell_place(wish, registration, at=at)
    _take_place(slot_id)
    return registration


def register_newcomer(newcomer: Newcomer, slot_id: int, *, by: int, at: datetime) -> Registration:
    """Enter a person for whom the account acts, and give that person a place: both or neither."""
    return register(add_person(newcomer, user_id=by, at=at).id, slot_id, by=by, at=at)


def register_with_account(
    newcomer: Newcomer, slot_id: int, *, holder: str, phone: str, password_hash: str, at: datetime
) -> Registration:
    """Open an account by phone for a newcomer and give the newcomer a place: all of it or nothing."""
    user = open_account(holder, Way.PHONE, phone, password_hash, at=at)
    return register_newcomer(newcomer, slot_id, by=user.id, at=at)


def cancel(registration_id: int, *, by: int, at: datetime) -> Registration:
    """Give a place back before the slot begins; a second time changes nothing."""
    registration = db.session.get_one(Registration, registration_id, with_for_update={"key_share": True})
    if not registration.is_active:
        return registration
    slot = db.session.get_one(Slot, registration.slot_id)
    if at >= slot.starts_at:
        raise TooLateToCancel
    registration.state = RegistrationState.CANCELLED
    registration.cancelled_at = at
    registration.cancelled_by_id = by
    db.session.flush()
    db.session.execute(_counted(_SLOT.c.id == slot.id, by=-1))
    return registration


def mend_person(person_id: int, details: Details, *, at: datetime) -> Person:
    """Mend what was typed about a person; the birth date only while no place leans on it.

    Raises `BirthDateInUse`: a place that is held must not become one that is not by retyping a year.
    """
    person = db.session.get_one(Person, person_id)
    places = select(Registration.id).where(Registration.person_id == person_id, Registration.state.in_(OPEN))
    if person.born_on != details.born_on and db.session.scalar(places.limit(1)):
        raise BirthDateInUse
    return edit_person(person_id, details, at=at)


def _registration(wish: Wish, person_id: int, slot_id: int, *, by: int, at: datetime) -> Registration:
    today = local_day(at)
    is_child = wish.fourteen_on > today
    return insert_row(
        Registration,
        slot_id=slot_id,
        person_id=person_id,
        fourteen_on=wish.fourteen_on,
        registered_on=today,
        registered_at=at,
        registered_by_id=by,
        state=RegistrationState.HELD if is_child else RegistrationState.CONFIRMED,
        code=new_code(),
        school_id=wish.school_id,
        class_name=wish.class_name or "",
    )


def _take_place(slot_id: int) -> None:
    """Count the place last: until then nobody waits for the slot's row, and a full one rolls everything back.

    Counting first and inserting after admitted 17 to 19 people to 5 places when they came at once.
    """
    taken = db.session.connection().execute(_TAKE, {"slot_id": slot_id})
    if taken.rowcount == 0:
        raise SlotFull


def _counted(*conditions: ColumnElement[bool], by: int) -> Update:
    return update(_SLOT).where(*conditions).values(taken=_SLOT.c.taken + by)


_TAKE = _counted(_SLOT.c.id == bindparam("slot_id"), _SLOT.c.taken + 1 <= _SLOT.c.capacity, by=1)
