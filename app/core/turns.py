"""Whose turn it is to write where there is one writer at a time."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

_gate = threading.Lock()
_rests = 0  # how many times as long as it wrote this process then leaves SQLite's one writer to others


def rest_after_writing(times: int) -> None:
    """Let this process leave SQLite's one writer to others after each write, so many times as long as it had it."""
    global _rests  # noqa: PLW0603 - the gate belongs to the process
    _rests = times


@contextmanager
def writers_turn(engine: Engine) -> Iterator[None]:
    """On SQLite, let the writers of this host queue here, where waiting is fair, and not in its busy loop."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        yield
        return
    path = Path(engine.url.database).with_suffix(".writer")
    with _gate:
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            began = time.perf_counter()
            yield
        if _rests:
            time.sleep((time.perf_counter() - began) * _rests)  # its other threads rest as well
