"""An application that takes every form for one of its own: tests need not read a token out of each page first."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, request_started


@contextmanager
def trusting(app: Flask) -> Iterator[Flask]:
    """Leave the tokens in the forms, where templates expect them, and count every request as checked."""
    before = {name: app.config[name] for name in ("WTF_CSRF_ENABLED", "WTF_CSRF_CHECK_DEFAULT")}
    app.config |= {"WTF_CSRF_ENABLED": True, "WTF_CSRF_CHECK_DEFAULT": False}
    with request_started.connected_to(_count_as_checked, app):
        yield app
    app.config |= before


def _count_as_checked(_app: Flask, **_: object) -> None:
    g.csrf_valid = True
