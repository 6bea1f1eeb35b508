"""Forms that are sent from their page and stay on it until an answer is there, see behaviours/send_safely.js."""

from flask import Flask, Response, request

_ASKED, _NEXT = "Tongxing-Stay", "Tongxing-Next"


def init_staying(app: Flask) -> None:
    """Answer such a form with where to go instead of going there: the page itself goes, and shows its messages once."""
    app.after_request(_say_where_to_go)


def _say_where_to_go(response: Response) -> Response:
    if response.status_code == 303 and _ASKED in request.headers:
        response.status_code = 204
        response.headers[_NEXT] = response.headers.pop("Location")
        response.set_data(b"")
    return response
