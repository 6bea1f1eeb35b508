"""What can happen to an account."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.problems import IdentifierTaken
from app.core.db import db

TRIES = 10
LOCKED_FOR = timedelta(minutes=15)


def open_account(name: str, way: Way, identifier: str, password_hash: str, *, at: datetime) -> User:
    """Open an account. Raises `IdentifierTaken` when another one has the phone, e-mail or name."""
    if db.session.scalar(select(User.id).where(getattr(User, way) == identifier)):
        raise IdentifierTaken
    user = User(
        name=name,
        password_hash=password_hash,
        session_key=secrets.token_urlsafe(12),
        created_at=at,
        **{way.value: identifier},
    )
    db.session.add(user)
    db.session.flush()
    return user


def note_failed_sign_in(user_id: int, *, at: datetime) -> None:
    """Count a wrong password; the tenth in a row closes the account for a quarter of an hour."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= TRIES:
        user.failed_sign_ins = 0
        user.locked_until = at + LOCKED_FOR


def note_sign_in(user_id: int) -> None:
    """Forget the wrong passwords before a right one."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    user.failed_sign_ins = 0
    user.locked_until = None


def replace_password(user_id: int, password_hash: str) -> None:
    """Set a new password and end every session of the account."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    user.password_hash = password_hash
    user.session_key = secrets.token_urlsafe(12)
    user.failed_sign_ins = 0
    user.locked_until = None
