"""Taking a place in a slot, or a stand in line for one, and giving it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from app.accounts.identifiers import Way
from app.accounts.operations import open_account
from app.core.clock import local_day
from app.core.codes import new_code
from app.core.db import db, insert_row, table_of
from app.core.problems import Problem
from app.events.dates.series_problems import OneDateOfSeries
from app.events.models import OPEN, Party, Registration, RegistrationState, Slot, WayIn
from app.events.problems import BirthDateInUse, LeaveNeedsReason, SlotFull, TooFewPlaces, TooLateToCancel
from app.events.registration import admission, consenting, offers, places, settling
from app.events.registration.locking import lock_place
from app.events.registration.wishes import SignUp, Wish, read_wish
from app.events.ways.lots import new_application_no
from app.people.models import Person
from app.people.operations import Details, Newcomer, add_person, edit_person
from app.people.queries import acted_for_by

_SLOT = table_of(Slot)


@dataclass(frozen=True)
class Account:
    """What an account is opened with by phone."""

    holder: str
    phone: str
    password_hash: str


class Entering(Protocol):
    """An operation that enters a newcomer and gives the newcomer a place, see `register_newcomer`."""

    def __call__(self, newcomer: Newcomer, asked: SignUp, *, by: int, at: datetime) -> Registration: ...


def sign_up(asked: SignUp, *, by: int, at: datetime) -> list[Registration]:
    """Give people places in a slot together or not at all: at once, in line, or by a decision or the lot.

    Whoever is signed up already keeps what they have; the same sign-up a second time returns the first. A minor gets a
    place held until a guardian agrees. Raises the `Problem` that says why not.
    """
    result = _sign_up(asked, by=by, at=at, is_last=False)
    if isinstance(result, Problem):
        raise result
    return result


def sign_up_alone(asked: SignUp, *, by: int, at: datetime) -> list[Registration] | Problem:
    """The same as a transaction of its own, for the crowd that comes when sign-up opens: what can be refused before
    anything is written is returned, see `transact`, and what is counted travels with the commit."""
    return _sign_up(asked, by=by, at=at, is_last=True)


def register(person_id: int, slot_id: int, *, by: int, at: datetime) -> Registration:
    """Give one person a place; a second sign-up for the same slot returns the first. See `sign_up`."""
    return sign_up(SignUp(slot_id, (person_id,)), by=by, at=at)[0]


def register_newcomer(newcomer: Newcomer, asked: SignUp, *, by: int, at: datetime) -> Registration:
    """Enter a person for whom the account acts, and give that person a place: both or neither."""
    person = add_person(newcomer, user_id=by, at=at)
    return sign_up(replace(asked, person_ids=(person.id,)), by=by, at=at)[0]


def register_with_account(
    newcomer: Newcomer, asked: SignUp, account: Account, enter: Entering = register_newcomer, *, at: datetime
) -> Registration:
    """Open an account by phone for a newcomer and give the newcomer a place: all of it or nothing."""
    user = open_account(account.holder, Way.PHONE, account.phone, account.password_hash, at=at)
    return enter(newcomer, asked, by=user.id, at=at)


def add_with_account(newcomer: Newcomer, account: Account, *, at: datetime) -> int:
    """Open an account by phone and enter the first of those it will sign up; returns the account's id."""
    user = open_account(account.holder, Way.PHONE, account.phone, account.password_hash, at=at)
    add_person(newcomer, user_id=user.id, at=at)
    return user.id


def cancel(registration_id: int, *, by: int, at: datetime) -> Registration:
    """Give one's place, or stand in line, back; a second time changes nothing.

    Raises `TooLateToCancel` once it has begun, `LeaveNeedsReason` after the moment until which leaving is free.
    """
    slot, registration = lock_place(registration_id)
    leave(slot, [registration], by=by, at=at)
    return registration


def cancel_party(registration_id: int, *, by: int, at: datetime) -> Registration:
    """Give the places of those of a party back for whom the account acts: a substitute has other parents. Raises as
    `cancel` does."""
    slot, registration = lock_place(registration_id)
    own = {acting.person_id for acting in acted_for_by(by)}
    leave(slot, [one for one in places.members_of(registration) if one.person_id in own], by=by, at=at)
    return registration


def leave(slot: Slot, members: Sequence[Registration], *, by: int, at: datetime) -> None:
    """End registrations of one party at the wish of whoever is in them, and serve the line."""
    leaving = [one for one in members if one.is_open]
    if not leaving:
        return
    placed = any(one.is_active for one in leaving)
    if slot.follows:
        raise OneDateOfSeries
    if at >= slot.starts_at:
        raise TooLateToCancel
    if placed and at >= slot.leave_free_until:
        raise LeaveNeedsReason
    admission.check_who_stays(slot, leaving, at=at)
    offers.let_go(leaving, at=at)
    places.end(slot, leaving, RegistrationState.CANCELLED, by=by, at=at)
    admission.give_invitations_back(leaving)
    places.serve(slot, at=at)


def mend_person(person_id: int, details: Details, *, at: datetime) -> Person:
    """Mend what was typed about a person; the birth date only while no place leans on it.

    Raises `BirthDateInUse`: a place that is held must not become one that is not by retyping a year.
    """
    person = db.session.get_one(Person, person_id)
    leaning = select(Registration.id).where(Registration.person_id == person_id, Registration.state.in_(OPEN))
    if person.born_on != details.born_on and db.session.scalar(leaning.limit(1)):
        raise BirthDateInUse
    return edit_person(person_id, details, at=at)


def _sign_up(asked: SignUp, *, by: int, at: datetime, is_last: bool) -> list[Registration] | Problem:
    wishes = {person_id: read_wish(person_id, asked.slot_id, by=by) for person_id in sorted(set(asked.person_ids))}
    coming = {person_id: wish for person_id, wish in wishes.items() if not wish.existing_id}
    made: list[Registration] = []
    if coming:
        refusal = admission.why_not(asked, coming, at=at) or _why_too_full(asked, coming)
        if refusal:
            return refusal
        invitation_id = admission.use_invitation(asked, coming, at=at)
        made = _enter(asked, coming, invitation_id, by=by, at=at)
        settling.settle(asked.slot_id, made, coming, at=at, is_last=is_last)
    known = [wish.existing_id for wish in wishes.values() if wish.existing_id]
    return [*made, *(db.session.get_one(Registration, number) for number in known)]


def _why_too_full(asked: SignUp, coming: dict[int, Wish]) -> Problem | None:
    """Return that there were too few places a moment ago, where nobody can wait: whoever is told so before anything is
    written does not have to wait for the slot's row."""
    wish = next(iter(coming.values()))
    need = 1 if wish.counts_groups else len(coming) + asked.companions
    counts_now = wish.way_in in (WayIn.OPEN, WayIn.INVITATION)
    if counts_now and not wish.has_waiting_list and not wish.reserved and wish.free < need:
        return TooFewPlaces(left=wish.free, needed=need) if wish.free > 0 else SlotFull()
    return None


def _enter(
    asked: SignUp, coming: dict[int, Wish], invitation_id: int | None, *, by: int, at: datetime
) -> list[Registration]:
    """Write down who comes, as if there were places for them."""
    party_id = None
    if len(coming) > 1:
        party_id = insert_row(Party, slot_id=asked.slot_id, made_at=at, made_by_id=by).id
    made: list[Registration] = []
    number = new_application_no() if next(iter(coming.values())).way_in is WayIn.LOTTERY else None
    for person_id, wish in coming.items():
        companions = 0 if made else asked.companions
        made.append(
            insert_row(
                Registration,
                slot_id=asked.slot_id,
                person_id=person_id,
                fourteen_on=wish.fourteen_on,
                registered_on=local_day(at),
                registered_at=at,
                registered_by_id=by,
                **_worth(wish, at),
                code=new_code(),
                school_id=wish.school_id,
                class_name=wish.class_name or "",
                party_id=party_id,
                companions=companions,
                invitation_id=invitation_id,
                application_no=number,  # a party is one ticket
            )
        )
    return made


def _worth(wish: Wish, at: datetime) -> dict[str, Any]:
    """Return what a place is worth, as `consenting.weigh` says it without what was read already."""
    if wish.way_in in settling.DECIDED_LATER or wish.is_full_with_a_line:
        return {"state": RegistrationState.APPLIED}
    return consenting.worth_of(wish, at=at)
