"""Pages that everybody gets alike, drawn once and kept for as long as nothing on them changes.

The key is everything that the page shows, read anew for each request: so a kept page is never an old one, and no
process has to tell another. Only the drawing, four fifths of the work, is saved.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from flask import Response

from app.core.compression import accepts_gzip, gzipped

_MOST = 100  # of some thirty kilobytes each; those asked for least recently go first


class _Drawn(NamedTuple):
    plain: bytes
    gzipped: bytes


_pages: OrderedDict[Hashable, _Drawn] = OrderedDict()
_lock = Lock()


def kept_page(key: Hashable, draw: Callable[[], str]) -> Response:
    """Return the page with this key, drawing it if it is not there."""
    with _lock:
        drawn = _pages.get(key)
        if drawn:
            _pages.move_to_end(key)
    return _answer(drawn or _keep(key, draw().encode()))


def _keep(key: Hashable, body: bytes) -> _Drawn:
    drawn = _Drawn(body, gzipped(body))
    with _lock:
        _pages[key] = drawn
        if len(_pages) > _MOST:
            _pages.popitem(last=False)
    return drawn


def _answer(drawn: _Drawn) -> Response:
    if not accepts_gzip():
        return Response(drawn.plain, mimetype="text/html")
    return Response(drawn.gzipped, mimetype="text/html", headers={"Content-Encoding": "gzip"})
