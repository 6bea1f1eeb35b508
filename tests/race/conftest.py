"""The races, one at a time: each starts four server processes and keeps every core busy."""

import fcntl
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """Wait until no other worker runs a race."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "race.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
