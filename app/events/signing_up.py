"""Signing up with an account that may not exist yet: the slow password work first, then one transaction."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import passwords, signing_in
from app.accounts.identifiers import Way
from app.accounts.problems import IdentifierTaken, PhoneTaken, WrongPassword
from app.core.db import db, transact
from app.events import operations
from app.events.models import Registration, Slot
from app.events.reasons import why_closed
from app.people.operations import Newcomer


@dataclass(frozen=True)
class AccountHolder:
    """Who opens, or by the same phone and password comes back to, an account while signing up."""

    name: str
    phone: str
    password: str


def sign_up(
    newcomer: Newcomer, slot_id: int, holder: AccountHolder, *, browser_token: str | None, at: datetime
) -> tuple[int, Registration]:
    """Give a newcomer a place, opening the account if the phone has none; return the account's id and the place.

    The same form sent twice at once makes one account and one registration. Raises `PhoneTaken` when the phone has an
    account and the password is not its own, `AccountLocked` after too many of those (a browser that was there before
    has tries of its own), and whatever `operations.register` raises.
    """
    slot = db.session.get_one(Slot, slot_id)
    closed = why_closed(slot, slot.event, at=at)
    if closed:  # before the phone is looked up: a closed slot must not tell who has an account
        raise closed
    if signing_in.find_account(Way.PHONE, holder.phone) is None:
        password_hash = passwords.hash_password(holder.password)
        try:
            registration = transact(
                operations.register_with_account,
                newcomer,
                slot_id,
                holder=holder.name,
                phone=holder.phone,
                password_hash=password_hash,
                at=at,
            )
        except IdentifierTaken:
            pass  # the other half of a double tap was quicker: from here on it is a known account
        else:
            return registration.registered_by_id, registration
    try:
        user_id = signing_in.check_password(
            Way.PHONE, holder.phone, holder.password, at=at, browser_token=browser_token
        ).id
    except WrongPassword:
        raise PhoneTaken from None
    return user_id, transact(operations.register_newcomer, newcomer, slot_id, by=user_id, at=at)
