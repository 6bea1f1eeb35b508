"""Sessions, made the way the program itself makes them, for browsers and clients outside this process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert

from app.accounts import staying
from app.accounts.models import Session
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.db import db

COOKIE = "tongxing"


@dataclass(frozen=True)
class Pass:
    """What a browser that has signed in and opened a form holds: its cookie, and the form's hidden token."""

    cookie: str
    csrf_token: str


def open_sessions(app: Flask, user_ids: Sequence[int], *, is_proven: bool = True) -> list[str]:
    """Sign accounts in, in bulk, and return the token of each; the second factor is passed unless one asks not."""
    tokens, at = [staying.new_token() for _ in user_ids], now()
    rows = [_row(user_id, token, at, is_proven) for user_id, token in zip(user_ids, tokens, strict=True)]
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(insert(Session), rows)
    return tokens


def _row(user_id: int, token: str, at: datetime, is_proven: bool) -> dict[str, object]:
    return {
        "user_id": user_id,
        "token_hash": fingerprint(token),
        "device": "android wechat",
        "started_at": at,
        "last_seen_at": at,
        "proven_at": at if is_proven else None,
    }


def session_of(app: Flask, token: str = "") -> Pass:
    """Return the cookie with the token of a session in it; "" is nobody signed in."""
    with app.test_request_context():
        if token:
            session["_user_id"] = token
            session["_fresh"] = True
        csrf_token = generate_csrf()
        return Pass(_signed(app, dict(session)), csrf_token)


def _signed(app: Flask, values: dict[str, object]) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps(values))
