"""A worker beside the server: a small process of its own that starts it, and starts it again when it dies."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from flask import Flask

from app.core.db import db
from app.core.worker import work

_AGAIN_AFTER = 1.0  # seconds; a worker that cannot even start must not spin
_LAST_STEPS = 12.0  # seconds that the worker gets to stop
_PR_SET_PDEATHSIG = 1  # prctl(2)


@contextmanager
def worker_beside(app: Flask) -> Iterator[None]:
    """Keep a worker running until the block ends. Forked, so that it shares the memory of what is loaded."""
    keeper = _forked(lambda: _keep(app))
    try:
        yield
    finally:
        _end(keeper)


def _keep(app: Flask) -> None:
    is_over = Event()
    worker = 0

    def stop(*_signal: object) -> None:
        is_over.set()
        if worker:
            os.kill(worker, signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not is_over.is_set():
        worker = _forked(lambda: _work(app))
        if is_over.is_set():
            os.kill(worker, signal.SIGTERM)
        os.waitpid(worker, 0)
        worker = 0
        is_over.wait(_AGAIN_AFTER)


def _work(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose(close=False)  # connections are the parent's
    work(app)


def _forked(do: Callable[[], None]) -> int:
    """Run something in a child that ends with its parent, however that ends; returns the child's pid."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    try:
        _end_with_parent(parent)
        do()
    finally:
        os._exit(0)


def _end_with_parent(parent: int) -> None:
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)


def _end(keeper: int) -> None:
    os.kill(keeper, signal.SIGTERM)
    until = time.monotonic() + _LAST_STEPS
    while time.monotonic() < until:
        if os.waitpid(keeper, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.kill(keeper, signal.SIGKILL)
    os.waitpid(keeper, 0)
