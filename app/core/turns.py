"""Whose turn it is to write where there is one writer at a time."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

_A_MOMENT = 1.0  # seconds for which whoever was met at the gate is believed to be about
_ALONE = 1  # times as long as it wrote that a process rests while nobody is about
_UNSEEN = 12  # the same where many write at once, so that nobody can be met
_LONGEST_REST = 1.0  # seconds: its other threads rest as well, among them the one that shows that it is alive
_gate = threading.Lock()
_rests = 0
_met_at = float("-inf")


def rest_after_writing(times: int) -> None:
    """Let this process leave the database to others after each write: on SQLite so many times as long as it had its one
    writer if it met somebody at the gate a moment ago, else only as long; on others always the same. None is long."""
    global _rests  # noqa: PLW0603 - the gate belongs to the process
    _rests = times


@contextmanager
def writers_turn(engine: Engine) -> Iterator[None]:
    """On SQLite, let the writers of this host queue here, where waiting is fair, and not in its busy loop."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        began = time.perf_counter()
        yield
        if _rests:
            _rest(time.perf_counter() - began, _UNSEEN)
        return
    path = Path(engine.url.database).with_suffix(".writer")
    with _gate:
        with path.open("a") as file:
            _enter(file)
            began = time.perf_counter()
            yield
        if _rests:
            is_anybody_about = time.monotonic() - _met_at < _A_MOMENT
            _rest(time.perf_counter() - began, _rests if is_anybody_about else _ALONE)


def _enter(file: IO[str]) -> None:
    global _met_at  # noqa: PLW0603 - as above
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _met_at = time.monotonic()
        fcntl.flock(file, fcntl.LOCK_EX)


def _rest(wrote: float, times: int) -> None:
    time.sleep(min(wrote * times, _LONGEST_REST))
