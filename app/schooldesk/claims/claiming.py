"""Taking a pupil over with an account that may not exist yet: the slow password work first, then one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from app.accounts import passwords, signing_in, tries
from app.accounts.identifiers import Way
from app.accounts.operations import open_account
from app.accounts.problems import IdentifierTaken, PhoneTaken, SlipOver, WrongPassword
from app.core.crypto import keyed_hash
from app.core.db import transact
from app.people.models import Person
from app.schooldesk.claims import slips
from app.schooldesk.claims.problems import WrongBirthDate
from app.schooldesk.models import ClaimSlip


@dataclass(frozen=True)
class Holder:
    """Whose account it is to be: the pupil's from 14 on, else the guardian's."""

    name: str
    way: Way
    identifier: str
    password: str


def read_slip(code: str | None, browser_token: str, *, at: datetime) -> ClaimSlip:
    """Return the slip with a code that somebody typed or scanned.

    Wrong ones are counted by the browser they are typed in. Raises `SlipOver` and `TriedTooOften`.
    """
    with tries.counted(f"claim:{keyed_hash('tries', browser_token)}", at=at):
        slip = slips.open_slip(code, at=at)
        if slip is None:
            raise SlipOver
    return slip


def claim_with(user_id: int, slip: ClaimSlip, born_on: date, *, is_same: bool | None = None, at: datetime) -> Person:
    """Take the pupil of a slip over with the account that is signed in. Raises as `slips.claim` does."""
    _check_birth_date(slip, born_on, at)
    return transact(slips.claim, slips.code_of(slip), born_on, user_id, is_same=is_same, at=at)


def claim_anew(
    holder: Holder,
    slip: ClaimSlip,
    born_on: date,
    *,
    is_same: bool | None = None,
    browser_token: str | None,
    at: datetime,
) -> tuple[int, Person]:
    """Take the pupil of a slip over with an account that is opened, or by its password found; return it and the pupil.

    Both or neither: no account stays behind when the slip was used by somebody quicker.
    """
    _check_birth_date(slip, born_on, at)
    code = slips.code_of(slip)
    if signing_in.find_account(holder.way, holder.identifier) is None:
        try:
            return transact(_open_and_claim, holder, passwords.hash_password(holder.password), code, born_on, at)
        except IdentifierTaken:
            pass  # the other half of a double tap was quicker
    user_id = _known_account(holder, browser_token, at)
    return user_id, transact(slips.claim, code, born_on, user_id, is_same=is_same, at=at)


def _open_and_claim(holder: Holder, password_hash: str, code: str, born_on: date, at: datetime) -> tuple[int, Person]:
    user = open_account(holder.name, holder.way, holder.identifier, password_hash, at=at)
    return user.id, slips.claim(code, born_on, user.id, at=at)


def _known_account(holder: Holder, browser_token: str | None, at: datetime) -> int:
    try:
        return signing_in.check_password(
            holder.way, holder.identifier, holder.password, at=at, browser_token=browser_token
        ).id
    except WrongPassword:
        raise PhoneTaken if holder.way is Way.PHONE else IdentifierTaken from None


def _check_birth_date(slip: ClaimSlip, born_on: date, at: datetime) -> None:
    """Count wrong ones by the slip: whoever found it may not try all days of a year. Raises `WrongBirthDate`."""
    known = slip.person.born_on
    with tries.counted(f"claim_slip:{slip.id}", at=at):
        if known != born_on:
            raise WrongBirthDate
