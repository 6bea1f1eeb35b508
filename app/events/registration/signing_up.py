"""Signing up with an account that may not exist yet: the slow password work first, then one transaction."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import passwords, signing_in
from app.accounts.identifiers import Way
from app.accounts.problems import IdentifierTaken, PhoneTaken, WrongPassword
from app.core.db import db, transact
from app.events.models import Registration, Slot
from app.events.registration import operations
from app.events.registration.operations import Account, Entering
from app.events.registration.reasons import why_closed
from app.events.registration.wishes import SignUp
from app.people.operations import Newcomer, add_person


@dataclass(frozen=True)
class AccountHolder:
    """Who opens, or by the same phone and password comes back to, an account while signing up."""

    name: str
    phone: str
    password: str


def sign_up(
    newcomer: Newcomer,
    asked: SignUp,
    holder: AccountHolder,
    enter: Entering = operations.register_newcomer,
    *,
    browser_token: str | None,
    at: datetime,
) -> tuple[int, Registration]:
    """Give a newcomer a place, opening the account if the phone has none; return the account's id and the place.
    ``enter`` may do more than that in the same transaction.

    The same form sent twice at once makes one account and one registration. Raises `PhoneTaken` when the phone has an
    account and the password is not its own, `AccountLocked` after too many of those (a browser that was there before
    has tries of its own), and whatever `operations.register` raises.
    """
    _refuse_what_is_closed(asked, at)
    account = _new_account(holder)
    if account:
        try:
            registration = transact(operations.register_with_account, newcomer, asked, account, enter, at=at)
        except IdentifierTaken:
            pass  # the other half of a double tap was quicker: from here on it is a known account
        else:
            return registration.registered_by_id, registration
    user_id = _known_account(holder, browser_token=browser_token, at=at)
    return user_id, transact(enter, newcomer, asked, by=user_id, at=at)


def add_first(
    newcomer: Newcomer, asked: SignUp, holder: AccountHolder, *, browser_token: str | None, at: datetime
) -> int:
    """Enter the first of several who will be signed up together, opening the account if the phone has none; returns the
    account's id. Raises as `sign_up` does."""
    _refuse_what_is_closed(asked, at)
    account = _new_account(holder)
    if account:
        try:
            return transact(operations.add_with_account, newcomer, account, at=at)
        except IdentifierTaken:
            pass
    user_id = _known_account(holder, browser_token=browser_token, at=at)
    transact(add_person, newcomer, user_id=user_id, at=at)
    return user_id


def _refuse_what_is_closed(asked: SignUp, at: datetime) -> None:
    """Raise why a slot is closed before the phone is looked up: a closed one must not tell who has an account."""
    slot = db.session.get_one(Slot, asked.slot_id)
    closed = why_closed(slot, slot.event, at=at, is_invited=asked.invitation is not None)
    if closed:
        raise closed


def _new_account(holder: AccountHolder) -> Account | None:
    if signing_in.find_account(Way.PHONE, holder.phone) is not None:
        return None
    return Account(holder.name, holder.phone, passwords.hash_password(holder.password))


def _known_account(holder: AccountHolder, *, browser_token: str | None, at: datetime) -> int:
    try:
        return signing_in.check_password(
            Way.PHONE, holder.phone, holder.password, at=at, browser_token=browser_token
        ).id
    except WrongPassword:
        raise PhoneTaken from None
