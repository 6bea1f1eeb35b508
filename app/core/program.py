"""The application as we run it: what Flask would do for every request in vain is left out."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface

from app.core.access import API_PREFIX


class _CookieSessions(SecureCookieSessionInterface):
    """Sessions for browsers. Devices come with a token, see `app.core.access`: a cookie means nothing there."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return NullSession() if request.path.startswith(API_PREFIX) else super().open_session(app, request)


class Program(Flask):
    """The WSGI application."""

    session_interface = _CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return what is to be called as it is: nothing here is asynchronous, and Flask looks a dozen times."""
        return func
