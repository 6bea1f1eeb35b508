"""What else follows when a programme's days, nights or reach change: higher packages say so here."""

from collections.abc import Callable
from datetime import datetime

from app.programmes.models import Programme

Following = Callable[[Programme, datetime], None]
_done: list[Following] = []


def when_replanned(do: Following) -> Following:
    """Register what is done with a programme, in the same transaction, and when that is."""
    _done.append(do)
    return do


def was_replanned(programme: Programme, *, at: datetime) -> None:
    """Let everything follow that leans on how far a programme goes."""
    for do in _done:
        do(programme, at)
