"""Who is signed in: a row on the server, found by a token that only the cookie has."""

from datetime import datetime, timedelta

from flask import Flask, Response, after_this_request, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user

from app.accounts import staying
from app.accounts.devices import device_of
from app.accounts.models import User
from app.accounts.presence import Account, Presence, presence_by
from app.core import languages
from app.core.clock import now
from app.core.db import transact
from app.core.jobs import Asker

BROWSER_COOKIE = "browser"
_BROWSER_KEPT_FOR = timedelta(days=400)  # as long as browsers keep anything
_TOKEN = "_user_id"  # noqa: S105 - where flask-login keeps what it calls the user's id
login = LoginManager()


def init_sessions(app: Flask) -> None:
    """Read the session of each request; access is decided in `app.core.access`, not by flask-login."""
    login.init_app(app, add_context_processor=False)  # an error page must not have to ask the database who reads it
    login.session_protection = None  # it marks whose address changes, which a phone's does all day; the row decides
    app.after_request(_note_seen)


@login.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Account | None:
    g.session_row = found = _living(presence_by(token))
    return Account(found.user_id, found.name, found.phone) if found and found.is_whole else None


def _living(found: Presence | None) -> Presence | None:
    if found is None:
        return None
    lasts = staying.LASTS if found.is_whole else staying.HALF_LASTS
    return found if now() - found.last_seen_at < lasts else None


def current() -> Presence | None:
    """Return the session of this request, also one that still waits for its second factor."""
    if current_user.is_authenticated or "session_row" in g:
        row: Presence | None = g.get("session_row")
        return row
    return None


def asker() -> Asker:
    """Return who asks for a piece of work in this request, and in which session."""
    row = current()
    if row is None:
        raise LookupError("nobody is signed in")
    return Asker(row.user_id, row.id)


def began_here(session_id: int | None, at: datetime) -> bool:
    """Return whether what was asked for at that moment, in that session, was asked for in this one.

    The number alone does not say so: SQLite gives that of a session which ended out again.
    """
    row = current()
    return row is not None and row.id == session_id and row.started_at <= at


def start(user: User) -> bool:
    """Sign somebody in on this device until they sign out, in a session that nobody could know before.

    Return whether that is all; with a second factor, whoever has the session is nobody until it was passed.
    """
    before = current() if _TOKEN in session else None
    language, is_guarded = user.language, user.second_factor_at is not None
    known = browser_token()
    arrival = staying.Arrival(staying.new_token(), known or staying.new_token(), _device(), known is None)
    row = transact(staying.begin, user.id, arrival, instead_of=before.id if before else None, at=now())
    session.clear()
    session.permanent = True
    user.session_token = arrival.token
    login_user(user)
    _keep_browser(arrival.browser_token)
    if language:
        languages.choose(language)
    return not is_guarded or row.proven_at is not None


def change_token(token: str) -> None:
    """Put the session's new token into this browser's cookie."""
    session[_TOKEN] = token


def leave() -> None:
    """Sign out on this device: the row goes, and whoever copied the cookie has nothing."""
    row = current()
    if row:
        transact(staying.end, row.id, user_id=row.user_id)
    session.clear()


def browser_token() -> str | None:
    """Return what this browser is known by, if it was here before."""
    return request.cookies.get(BROWSER_COOKIE)


def this_browser() -> str:
    """Return what this browser is known by, from now on if it was not before."""
    token = browser_token()
    if token is None:
        token = staying.new_token()
        _keep_browser(token)
    return token


def _device() -> str:
    return device_of(request.headers.get("User-Agent", ""))


def _keep_browser(token: str) -> None:
    @after_this_request
    def remember(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            BROWSER_COOKIE, token, max_age=_BROWSER_KEPT_FOR, secure=secure, httponly=True, samesite="Lax"
        )
        return response


def _note_seen(response: Response) -> Response:
    """Once a day, row and cookie, when the answer is made: a write in between would end what the page reads."""
    row: Presence | None = g.get("session_row")
    if row and row.is_whole and now() - row.last_seen_at > staying.SEEN_EVERY:
        transact(staying.note_seen, row.id, at=now())
        session.modified = True
    return response
