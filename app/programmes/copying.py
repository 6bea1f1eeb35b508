"""What else is copied when a programme is: higher packages say so here, for they keep what goes with it."""

from collections.abc import Callable
from datetime import datetime

from app.programmes.models import Programme

Copying = Callable[[Programme, Programme, int, datetime], None]
_done: list[Copying] = []


def when_copied(do: Copying) -> Copying:
    """Register what is done, in the same transaction, with the original and its copy, by whom and when."""
    _done.append(do)
    return do


def was_copied(original: Programme, copy: Programme, *, by: int, at: datetime) -> None:
    """Let everything be copied that goes with a programme."""
    for do in _done:
        do(original, copy, by, at)
