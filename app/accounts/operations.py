"""What can happen to an account."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.accounts import slips, staying, tries
from app.accounts.identifiers import Way
from app.accounts.models import User
from app.accounts.problems import IdentifierTaken, NeedsAWay
from app.accounts.proving import forget_second_factor
from app.core.changes import note_change, note_edit
from app.core.db import db

ACCOUNT = "account"


def open_account(name: str, way: Way, identifier: str, password_hash: str, *, at: datetime) -> User:
    """Open an account. Raises `IdentifierTaken` when another one has the phone, e-mail or name."""
    _refuse_taken(way, identifier)
    user = User(name=name, password_hash=password_hash, created_at=at, **{way.value: identifier})
    db.session.add(user)
    db.session.flush()
    return user


def change_password(user_id: int, password_hash: str, *, kept_session: int | None, at: datetime) -> None:
    """Set a password that its owner chose; every session but the one it was done in ends."""
    _set_password(user_id, password_hash, kept_session, at)
    note_change(ACCOUNT, user_id, "password_changed", by=user_id, at=at)


def replace_password(user_id: int, password_hash: str, *, at: datetime) -> None:
    """Set a new password on behalf of whoever runs the program, end every session and take the second factor away."""
    _set_password(user_id, password_hash, None, at)
    forget_second_factor(user_id)
    note_change(ACCOUNT, user_id, "password_replaced", by=None, at=at)


def reset_password(user_id: int, password_hash: str, *, at: datetime) -> None:
    """Set a new password with a slip, and end every session."""
    _set_password(user_id, password_hash, None, at)
    note_change(ACCOUNT, user_id, "password_reset", by=user_id, at=at)


def edit_account(user_id: int, name: str, language: str, *, at: datetime) -> None:
    """Change what an account goes by, and which language is spoken in every browser it signs in with."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    note_edit(ACCOUNT, user_id, {"name": user.name}, {"name": name}, by=user_id, at=at)
    user.name, user.language = name, language


def set_identifiers(user_id: int, wanted: Mapping[Way, str | None], *, at: datetime) -> None:
    """Let an account sign in with these, and with nothing else. Raises `IdentifierTaken` and `NeedsAWay`."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    if not any(wanted.values()):
        raise NeedsAWay
    changed = {way: identifier for way, identifier in wanted.items() if identifier != getattr(user, way)}
    for way, identifier in changed.items():
        if identifier:
            _refuse_taken(way, identifier)
    for way, identifier in changed.items():
        setattr(user, way, identifier)
        note_change(ACCOUNT, user_id, f"{way}_set" if identifier else f"{way}_dropped", by=user_id, at=at)


def sign_out_elsewhere(user_id: int, kept_session: int | None, *, at: datetime) -> None:
    """End every session of an account but one."""
    staying.end_others(user_id, kept_session)
    note_change(ACCOUNT, user_id, "signed_out_elsewhere", by=user_id, at=at)


def _set_password(user_id: int, password_hash: str, kept_session: int | None, at: datetime) -> None:
    user = db.session.get_one(User, user_id, with_for_update=True)
    user.password_hash = password_hash
    staying.end_others(user_id, kept_session)
    tries.forget_tries(f"password:{user_id}")
    slips.void(user_id, at=at)


def _refuse_taken(way: Way, identifier: str) -> None:
    if db.session.scalar(select(User.id).where(getattr(User, way) == identifier)):
        raise IdentifierTaken
