"""Taking turns at SQLite's one writer."""

import fcntl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from app.core import turns
from app.core.db import db
from app.core.turns import rest_after_writing, writers_turn
from app.core.working import LEASE

_A_MOMENT = 60.0  # seconds: on a busy machine a real one may be over between two lines of a test
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How many milliseconds this process rested, where a write takes one by its clock."""
    milliseconds: list[float] = []
    clock = count()
    monkeypatch.setattr(turns.time, "sleep", lambda seconds: milliseconds.append(round(seconds * 1000)))
    monkeypatch.setattr(turns.time, "perf_counter", lambda: next(clock) / 1000)
    monkeypatch.setattr(turns, "_met_at", float("-inf"))
    monkeypatch.setattr(turns, "_A_MOMENT", _A_MOMENT)
    rest_after_writing(15)
    yield milliseconds
    rest_after_writing(0)


def gate() -> Path:
    """Return the file at which the writers of this host queue."""
    return Path(db.engine.url.database or "").with_suffix(".writer")


def write(engine: Engine | None = None) -> None:
    """Have a turn."""
    with writers_turn(engine or db.engine):
        pass


def meet_somebody() -> None:
    """Have a turn for which one had to wait."""
    with gate().open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        writer = threading.Thread(target=write, args=(db.engine,))
        writer.start()
        while turns._met_at == float("-inf"):
            assert writer.is_alive()
    writer.join()


def test_whoever_serves_people_does_not_rest(inside: Flask, rests: list[float]) -> None:
    rest_after_writing(0)
    write()
    assert rests == []


def test_with_nobody_about_a_worker_rests_as_long_as_it_wrote(inside: Flask, rests: list[float]) -> None:
    write()
    assert rests == [1]


def test_beside_others_a_worker_leaves_them_nearly_all_of_the_time(inside: Flask, rests: list[float]) -> None:
    meet_somebody()
    write()
    assert rests == [15, 15]
    turns._met_at = time.monotonic() - _A_MOMENT - 1
    write()
    assert rests == [15, 15, 1]


@pytest.mark.usefixtures("inside")
def test_where_many_write_at_once_a_worker_always_rests(rests: list[float]) -> None:
    elsewhere = create_engine("postgresql+psycopg://nobody@127.0.0.1/nowhere")
    write(elsewhere)
    rest_after_writing(0)
    write(elsewhere)
    assert rests == [12]


@pytest.mark.parametrize("url", ["", "postgresql+psycopg://nobody@127.0.0.1/nowhere"])
@pytest.mark.usefixtures("inside")
def test_after_a_long_write_a_worker_still_shows_that_it_is_alive(
    rests: list[float], monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """Its signs of life are writes too, and queue behind its rest: what it has in hand would be taken from it."""
    monkeypatch.setattr(turns, "_met_at", time.monotonic())
    clock = count()
    monkeypatch.setattr(turns.time, "perf_counter", lambda: float(next(clock)))
    write(create_engine(url) if url else None)
    assert timedelta(milliseconds=rests[0]) < LEASE / 2
