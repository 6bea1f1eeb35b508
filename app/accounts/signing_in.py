"""Checking a password: slow, so outside of any transaction, and counted in one before."""

from datetime import datetime

from sqlalchemy import select

from app.accounts import passwords, tries
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.problems import AccountLocked, WrongOwnPassword, WrongPassword
from app.accounts.staying import known_browser
from app.core.crypto import keyed_hash
from app.core.db import db


def check_password(way: Way, identifier: str, password: str, *, at: datetime, browser_token: str | None = None) -> User:
    """Return the account that this password opens.

    Raises `WrongPassword`, and `AccountLocked` after ten wrong ones: for an unknown account just the same, in the same
    words and after the same time. A browser in which the account was signed in before has ten tries of its own, so
    that nobody can lock an owner out.
    """
    user = find_account(way, identifier)
    key = _key(user, way, identifier, browser_token)
    password_hash = user.password_hash if user else passwords.NOBODYS_HASH
    with tries.counted(key, AccountLocked, at=at):
        if not passwords.is_right(password_hash, password) or user is None:
            raise WrongPassword
    return user


def check_own_password(user_id: int, password: str, *, at: datetime) -> None:
    """Ask whoever is signed in for the password again.

    Raises `WrongOwnPassword`, and `AccountLocked` after ten wrong ones.
    """
    password_hash = db.session.get_one(User, user_id).password_hash
    with tries.counted(f"own:{user_id}", AccountLocked, at=at):
        if not passwords.is_right(password_hash, password):
            raise WrongOwnPassword


def find_account(way: Way, identifier: str) -> User | None:
    """Return the account with this phone, e-mail or name."""
    return db.session.scalar(select(User).where(getattr(User, way) == identifier))


def _key(user: User | None, way: Way, identifier: str, browser_token: str | None) -> str:
    """Return for whom wrong passwords are counted: this account's known browser, the account, or what was typed."""
    is_known = known_browser(user.id if user else 0, browser_token) is not None
    if user is None:
        return f"nobody:{keyed_hash('tries', f'{way}:{identifier}')}"
    return f"browser:{user.id}:{keyed_hash('tries', browser_token or '')}" if is_known else f"password:{user.id}"
