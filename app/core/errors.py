"""What people and programs read when something is refused or breaks."""

from traceback import format_tb

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, NoResultFound, OperationalError
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, ServiceUnavailable

from app.core.access import asks_the_api, known_already
from app.core.links import came_from
from app.core.logs import log
from app.core.problems import Problem

Words = tuple[LazyString, LazyString]

_WORDS: dict[int, Words] = {
    400: (_l("That did not come through right"), _l("Please go back, reload the page and try again.")),
    401: (_l("Please sign in again"), _l("This device is no longer open for the event.")),
    403: (
        _l("This page is not open to you"),
        _l("If it should be yours, ask the organiser, or sign in with the account that has it."),
    ),
    404: (
        _l("There is nothing here"),
        _l("Check the address, or start again from the activities. What you signed up for is under “Mine”."),
    ),
    405: (_l("That did not come through right"), _l("Please go back, reload the page and try again.")),
    413: (_l("That is too large"), _l("Please choose a smaller file.")),
    422: (_l("Something is not right"), _l("Please check what you entered.")),
    429: (_l("Too many tries"), _l("Wait a minute, then try again. Nothing you did before is lost.")),
    500: (
        _l("Something broke on our side"),
        _l("It has been written down. Please try again in a minute. A code on your phone still works at the door."),
    ),
    503: (
        _l("Not ready yet"),
        _l("Please try again in a minute. A code on your phone still works at the door."),
    ),
}
_NAMES = {401: "unauthorized", 403: "forbidden", 404: "not_found", 422: "malformed"}


def init_errors(app: Flask) -> None:
    """Answer every error in the manner of whoever asked."""
    app.register_error_handler(HTTPException, _refuse)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Problem, _explain)
    app.register_error_handler(NoResultFound, _vanished)
    app.register_error_handler(OperationalError, _unreachable)
    app.register_error_handler(InterfaceError, _unreachable)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _break)


def _refuse(error: HTTPException) -> tuple[Response | str, int]:
    code = error.code or 500
    title, text = _WORDS.get(code, _WORDS[400])
    return _answer(code, _NAMES.get(code, "error"), str(title), str(text))


def _too_deep(_error: RecursionError) -> tuple[Response | str, int]:
    """Answer for JSON that is nothing but brackets."""
    return _refuse(BadRequest())


def _vanished(_error: NoResultFound) -> tuple[Response | str, int]:
    """Answer for a row that was deleted between finding it and acting on it."""
    return _refuse(NotFound())


def _unreachable(error: Exception) -> tuple[Response | str, int]:
    """Answer while the database is away or too busy: somebody may simply try again."""
    if current_app.testing:
        raise error
    _write_down(error)
    return _refuse(ServiceUnavailable())


def _expired(error: CSRFError) -> tuple[Response | str, int]:
    text = _l("The page had been open in another session. Reload it and send it once more.")
    return _answer(400, "csrf", str(_WORDS[400][0]), str(text))


def _explain(problem: Problem) -> tuple[Response | str, int]:
    return _answer(problem.status, problem.code, str(_l("This cannot be done")), problem.message)


def _break(error: Exception) -> tuple[Response | str, int]:
    if current_app.testing:
        raise error
    _write_down(error)
    title, text = _WORDS[500]
    return _answer(500, "broken", str(title), str(text))


def _write_down(error: Exception) -> None:
    # the kind and the place, never the message: those of the database repeat the row, names and phones and all
    log.error("broken", error=type(error).__name__, where=format_tb(error.__traceback__))


def wants_json() -> bool:
    """Return whether a program asks, and not somebody at a page."""
    return asks_the_api() or request.accept_mimetypes.best == "application/json"


def _answer(code: int, name: str, title: str, text: str) -> tuple[Response | str, int]:
    if wants_json():
        return jsonify(error=name, message=text), code
    page = {"code": code, "title": title, "text": text, "back": came_from(), "reader": known_already()}
    return render_template("errors/error.html", **page), code
