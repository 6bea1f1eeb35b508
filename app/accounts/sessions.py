"""Who is signed in, by the cookie's id and key."""

from flask import Flask, session
from flask_login import LoginManager, login_user

from app.accounts.models import User
from app.core.db import db

login = LoginManager()


def init_sessions(app: Flask) -> None:
    """Read the session of each request; access is decided in `app.core.access`, not by flask-login."""
    login.init_app(app)


@login.user_loader  # type: ignore[untyped-decorator]
def _load(cookie: str) -> User | None:
    user_id, _, key = cookie.partition(":")
    user = db.session.get(User, int(user_id)) if user_id.isdigit() else None
    return user if user and user.session_key == key else None


def start(user: User) -> None:
    """Sign somebody in on this device until they sign out, in a session that nobody could know before."""
    session.clear()
    session.permanent = True
    login_user(user)
