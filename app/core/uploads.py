"""How much somebody may send at once."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from app.core.access import asks_the_api

View = TypeVar("View", bound=Callable[..., Any])

API_BYTES = 2 * 1024 * 1024  # a whole day's scans; pictures come by forms


def takes_up_to(most: int) -> Callable[[View], View]:
    """Mark a view whose form carries more than one file: ``most`` is the whole of it in bytes."""

    def mark(view: View) -> View:
        view.__most_bytes__ = most  # type: ignore[attr-defined]
        return view

    return mark


def init_uploads(app: Flask) -> None:
    """Keep what the API takes in small; forms may be as large as the settings say, for they carry pictures."""
    app.before_request(_limit)


def _limit() -> None:
    if asks_the_api():
        request.max_content_length = API_BYTES
    elif request.endpoint:
        most = getattr(current_app.view_functions[request.endpoint], "__most_bytes__", None)
        request.max_content_length = most or request.max_content_length
