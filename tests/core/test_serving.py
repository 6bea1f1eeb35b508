"""The program as it is served: what its processes hold while nobody asks anything."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from flask import Flask
from sqlalchemy import create_engine, text

from config import ROOT
from tests.factories import Factory
from tests.servers import running

_WITHIN = 30.0  # seconds, on a busy machine; the worker looks at its queue now and then, and may be met there


def test_at_rest_no_process_keeps_a_transaction_open(app: Flask, fresh_url: str, make: Factory, tmp_path: Path) -> None:
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], works=True) as server:
        make.event()
        with urlopen(server.url, timeout=_WITHIN) as page:
            assert page.status == 200
        assert _comes_true(lambda: _is_free(fresh_url))


def test_what_is_needed_later_does_not_lie_in_gaps_between_what_stays() -> None:
    """In a process of its own: what other tests left in this one's heap would be filled first, up to a bound."""
    asked = subprocess.run([sys.executable, "-c", _MAKES_GAPS], check=True, capture_output=True, text=True, cwd=ROOT)
    assert asked.stdout == "behind them\n"


_MAKES_GAPS = """
import ctypes
from app import serving
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
pieces = [libc.malloc(1000) for _ in range(1000)]
for piece in pieces[::2]:
    libc.free(ctypes.c_void_p(piece))
serving._fill_gaps()
print("behind them" if libc.malloc(1000) > max(pieces) else "in a gap")
"""


def _comes_true(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + _WITHIN
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _is_free(url: str) -> bool:
    """Whether nobody is inside a transaction: a snapshot that somebody keeps lets SQLite's log and PostgreSQL's dead
    rows grow for as long as it is kept."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                return bool(connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0] == 0)
            kept = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
            return bool(connection.execute(text(kept)).scalar_one() == 0)
    finally:
        engine.dispose()
