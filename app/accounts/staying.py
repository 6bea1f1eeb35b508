"""What can happen to a session: it begins, is seen, is proven, and ends."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.accounts.models import Browser, Session
from app.core.codes import fingerprint
from app.core.db import db

LASTS = timedelta(days=90)  # without a visit
SEEN_EVERY = timedelta(days=1)
HALF_LASTS = timedelta(minutes=15)  # between the password and the second factor
REMEMBERED_FOR = timedelta(days=30)


def new_token() -> str:
    """Return what a cookie holds and nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Arrival:
    """With what somebody comes: the new session's token, the browser's own, and what the device is."""

    token: str
    browser_token: str
    device: str
    is_new_browser: bool = False


def begin(user_id: int, arrival: Arrival, *, instead_of: int | None, at: datetime) -> Session:
    """Sign an account in, in place of this browser's session before; where the second factor is remembered, proven."""
    if instead_of:
        db.session.execute(delete(Session).where(Session.id == instead_of))
    browser = None if arrival.is_new_browser else known_browser(user_id, arrival.browser_token)
    if browser is None:
        browser = Browser(user_id=user_id, token_hash=fingerprint(arrival.browser_token), since=at)
        db.session.add(browser)
    is_remembered = browser.remembered_until is not None and at < browser.remembered_until
    session = Session(
        user_id=user_id,
        browser=browser,
        token_hash=fingerprint(arrival.token),
        device=arrival.device,
        started_at=at,
        last_seen_at=at,
        proven_at=at if is_remembered else None,
    )
    db.session.add(session)
    return session


def note_seen(session_id: int, *, at: datetime) -> None:
    """Remember that a session lives, and clear away those of its account that do not."""
    session = db.session.get(Session, session_id)
    if session is None:
        return
    session.last_seen_at = at
    db.session.execute(delete(Session).where(Session.user_id == session.user_id, Session.last_seen_at < at - LASTS))


def prove(session_id: int, new_token: str, *, user_id: int, at: datetime) -> None:
    """Note that the second factor was passed. The rights grow, so the token is a new one; the old one is nobody's.

    The account is asked for too: SQLite gives the number of a session that ended meanwhile to the next one.
    """
    values = {"proven_at": at, "last_seen_at": at, "token_hash": fingerprint(new_token)}
    db.session.execute(update(Session).where(Session.id == session_id, Session.user_id == user_id).values(values))


def remember_browser(session_id: int, *, user_id: int, at: datetime) -> None:
    """Ask for no second factor in this session's browser for thirty days."""
    own = (Session.id == session_id) & (Session.user_id == user_id)
    browser_id = select(Session.browser_id).where(own).scalar_subquery()
    until = at + REMEMBERED_FOR
    db.session.execute(update(Browser).where(Browser.id == browser_id).values(remembered_until=until))


def end(session_id: int, *, user_id: int) -> None:
    """End one of an account's sessions; ending one that is gone already is no mistake."""
    db.session.execute(delete(Session).where(Session.id == session_id, Session.user_id == user_id))


def end_others(user_id: int, kept: int | None) -> None:
    """End all sessions of an account but one; no browser is remembered any more."""
    others = delete(Session).where(Session.user_id == user_id)
    db.session.execute(others.where(Session.id != kept) if kept else others)
    db.session.execute(update(Browser).where(Browser.user_id == user_id).values(remembered_until=None))


def choose_view(session_id: int, view: str, *, user_id: int) -> None:
    """Keep in which capacity somebody works here."""
    own = update(Session).where(Session.id == session_id, Session.user_id == user_id)
    db.session.execute(own.values(view=view))


def known_browser(user_id: int, browser_token: str | None) -> Browser | None:
    """Return the browser if the account was signed in with it before."""
    if not browser_token:
        return None
    return db.session.scalar(
        select(Browser).where(Browser.user_id == user_id, Browser.token_hash == fingerprint(browser_token))
    )


def sessions_of(user_id: int, at: datetime) -> list[Session]:
    """Return where an account is signed in, the latest sign-in first."""
    living = select(Session).where(Session.user_id == user_id, Session.last_seen_at > at - LASTS)
    return list(db.session.scalars(living.order_by(Session.id.desc())))
