"""Setting a new password with a slip: slow, so the hash is made outside of the transaction."""

from datetime import datetime

from sqlalchemy import select

from app.accounts import operations, passwords, slips, tries
from app.accounts.models import ResetSlip
from app.accounts.problems import SlipOver
from app.core.codes import fingerprint
from app.core.crypto import keyed_hash
from app.core.db import db, transact


def set_password(code: str, password: str, *, at: datetime) -> int:
    """Set the password of the account whose slip has this code, and return the account. Raises `SlipOver`."""
    if slips.open_slip(code, at=at) is None:
        raise SlipOver
    return transact(_use, code, passwords.hash_password(password), at)


def read_slip(code: str | None, browser_token: str, *, at: datetime) -> ResetSlip:
    """Return the slip with a code that somebody typed.

    Wrong ones are counted by the browser they are typed in, for nobody knows whose slip was meant: eighty random bits
    cannot be guessed, this only makes trying tedious. Raises `SlipOver` and `TriedTooOften`.
    """
    key = f"slip:{keyed_hash('tries', browser_token)}"
    with tries.counted(key, at=at):
        slip = slips.open_slip(code, at=at)
        if slip is None:
            raise SlipOver
    return slip


def _use(code: str, password_hash: str, at: datetime) -> int:
    slip = db.session.scalar(select(ResetSlip).where(ResetSlip.code_hash == fingerprint(code)).with_for_update())
    if slip is None or not slip.is_open(at):
        raise SlipOver
    slip.used_at = at
    db.session.flush()
    operations.reset_password(slip.user_id, password_hash, at=at)
    return slip.user_id
