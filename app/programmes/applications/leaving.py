"""What is done when somebody's application is over: higher packages say so here, for they keep what goes with it."""

from collections.abc import Callable
from datetime import datetime

from app.programmes.models import Application

Leaving = Callable[[Application, datetime], None]
_done: list[Leaving] = []


def when_leaving(do: Leaving) -> Leaving:
    """Register what is done, in the same transaction, when an application ends in whatever way."""
    _done.append(do)
    return do


def has_left(one: Application, *, at: datetime) -> None:
    """Let everything be done that goes with the end of an application."""
    for do in _done:
        do(one, at)
