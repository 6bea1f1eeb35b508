"""Session cookies, made the way the program itself makes them, for browsers and clients outside this process."""

from dataclasses import dataclass

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

COOKIE = "tongxing"


@dataclass(frozen=True)
class Pass:
    """What a browser that has signed in and opened a form holds: its cookie, and the form's hidden token."""

    cookie: str
    csrf_token: str


def session_of(app: Flask, account: str) -> Pass:
    """Return the session of an account, given as `User.get_id` names it; "" is nobody signed in."""
    with app.test_request_context():
        if account:
            session["_user_id"] = account
            session["_fresh"] = True
        token = generate_csrf()
        return Pass(_signed(app, dict(session)), token)


def _signed(app: Flask, values: dict[str, object]) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps(values))
