"""Searches for people: the word that was typed stands in no address, because proxies and browsers keep those.

Such a form is posted here and answered with the address of its page, in which the word is sealed.
"""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from app.core import crypto
from app.core.access import Role, allow
from app.core.clock import now
from app.core.links import safe_next
from app.core.typed import squeezed

bp = Blueprint("searching", __name__)
_PURPOSE = "search"
_KEPT = timedelta(days=1)  # a sealed word can be read
_LONGEST = 254  # signs: an e-mail address
_NO_FILTERS = {"csrf_token", "to", "q"}


@bp.post("/search")
@allow(Role.STAFF, Role.SCHOOL, Role.AUDITOR, Role.ADMINISTRATOR)
def seal() -> ResponseReturnValue:
    """Lead to the page at ``to`` with its other filters as they are, and the word in ``q`` sealed."""
    page = urlsplit(safe_next(request.form.get("to")) or "").path or abort(422)
    asked = [(name, value) for name, value in request.form.items(multi=True) if value and name not in _NO_FILTERS]
    word = sealed_word(squeezed(request.form.get("q"))[:_LONGEST])
    filters = urlencode([*asked, *([("q", word)] if word else [])])
    return redirect(f"{page}?{filters}" if filters else page, 303)


def sealed_word(text: str) -> str:
    """Return a word as it may stand in an address for a day; "" stays ""."""
    return crypto.seal(_PURPOSE, f"{now().timestamp():.0f}:{text}") if text else ""


def typed_word(sealed: str | None) -> str:
    """Return the word that was typed; "" for anything that was not sealed here within the last day."""
    at, _, word = (crypto.unseal(_PURPOSE, sealed or "") or "").partition(":")
    return word if at and now().timestamp() - int(at) < _KEPT.total_seconds() else ""
