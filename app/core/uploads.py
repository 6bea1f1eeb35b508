"""How much somebody may send at once."""

from flask import Flask, request

from app.core.access import asks_the_api

API_BYTES = 2 * 1024 * 1024  # a whole day's scans; pictures come by forms


def init_uploads(app: Flask) -> None:
    """Keep what the API takes in small; forms may be as large as the settings say, for they carry pictures."""
    app.before_request(_limit)


def _limit() -> None:
    if asks_the_api():
        request.max_content_length = API_BYTES
