"""Somebody who is signed in on a device, as each request reads it: plain columns in one statement, no records."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask_login import UserMixin
from sqlalchemy import bindparam, select

from app.accounts.models import Browser, Session, User
from app.core.codes import fingerprint
from app.core.db import db, table_of

_SESSION, _USER, _BROWSER = (table_of(model) for model in (Session, User, Browser))
_BY_TOKEN = (  # built once, for every request of somebody who is signed in begins with it
    select(
        *(_SESSION.c[name] for name in ("id", "user_id", "started_at", "last_seen_at", "proven_at", "view")),
        _BROWSER.c.remembered_until,
        _USER.c.second_factor_at,
        *(_USER.c[name] for name in ("name", "phone", "email", "login_name")),
    )
    .join_from(_SESSION, _USER, _USER.c.id == _SESSION.c.user_id)
    .outerjoin(_BROWSER, _BROWSER.c.id == _SESSION.c.browser_id)
    .where(_SESSION.c.token_hash == bindparam("token_hash"))
)


class Presence(NamedTuple):
    """A session with what matters of its browser and its account. ``id`` is that of the session."""

    id: int
    user_id: int
    started_at: datetime
    last_seen_at: datetime
    proven_at: datetime | None
    view: str | None
    remembered_until: datetime | None
    second_factor_at: datetime | None
    name: str
    phone: str | None
    email: str | None
    login_name: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the sign-in is over and done: nobody waits for a second factor."""
        return self.proven_at is not None or self.second_factor_at is None

    @property
    def sign_in_name(self) -> str:
        """What the person types to sign in."""
        return self.phone or self.email or self.login_name or ""


@dataclass(frozen=True)
class Account(UserMixin):  # type: ignore[misc]
    """The account of a request, where somebody is signed in: all of it that pages ask of whoever looks at them."""

    id: int
    name: str
    phone: str | None


def presence_by(token: str) -> Presence | None:
    """Return the session that a cookie's token belongs to, be it too old or not."""
    row = db.session.connection().execute(_BY_TOKEN, {"token_hash": fingerprint(token)}).one_or_none()
    return None if row is None else Presence._make(row)
