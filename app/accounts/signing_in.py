"""Checking a password: slow, so outside of any transaction, and counted in one."""

from datetime import datetime
from math import ceil

from sqlalchemy import select

from app.accounts import operations, passwords
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.problems import AccountLocked, WrongPassword
from app.core.db import db, transact


def check_password(way: Way, identifier: str, password: str, *, at: datetime) -> User:
    """Return the account that this password opens.

    Raises `WrongPassword` for an unknown account too, after the same time, and `AccountLocked` after ten wrong ones.
    """
    user = find_account(way, identifier)
    if user is None:
        passwords.is_right(passwords.NOBODYS_HASH, password)
        raise WrongPassword
    if user.is_locked(at) and user.locked_until:
        raise AccountLocked(minutes=ceil((user.locked_until - at).total_seconds() / 60))
    if not passwords.is_right(user.password_hash, password):
        transact(operations.note_failed_sign_in, user.id, at=at)
        raise WrongPassword
    if user.failed_sign_ins or user.locked_until:
        transact(operations.note_sign_in, user.id)
    return user


def find_account(way: Way, identifier: str) -> User | None:
    """Return the account with this phone, e-mail or name."""
    return db.session.scalar(select(User).where(getattr(User, way) == identifier))
