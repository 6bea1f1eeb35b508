"""Accounts, looked up."""

from collections.abc import Iterable

from sqlalchemy import select

from app.accounts.models import User
from app.core.db import db


def names_of(user_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return what some accounts go by."""
    ids = {one for one in user_ids if one is not None}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).tuples().all()) if ids else {}
