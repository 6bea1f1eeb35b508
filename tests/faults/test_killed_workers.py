"""Workers that are killed at any moment: nothing is lost, nothing done twice, and a killer does not go on for ever."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import OVER, Job, JobState, enqueue, enqueue_all
from app.core.worker import _POLL
from app.core.working import LEASE, WORKER_DIED
from config import ROOT, Settings
from tests.faults import workshop
from tests.servers import environment_of
from tests.work import effects, the_job

JOBS, KILLS, WORKERS = 200, 25, 2
PATIENCE = 180.0  # seconds, on a machine whose every core is busy with other tests


@pytest.fixture(autouse=True)
def _kinds_are_known() -> None:
    assert workshop.leave_effect


@contextmanager
def workers(database_url: str, data: Path, app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """Keep two workers on a database, each started anew whenever it dies."""
    settings = Settings("test", data, database_url, app.config["SECRET_KEY"], "http://tongxing.test")
    environment = os.environ | environment_of(settings)
    command = [sys.executable, "-m", "tests.faults.workshop", str(WORKERS)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def kept_by(pid: int) -> list[int]:
    """Return the workers that the keepers of a workshop have now."""
    return [worker for keeper in _children(pid) for worker in _children(keeper)]


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def left(kind: str) -> int:
    """Return how many jobs of a kind are not over."""
    db.session.rollback()
    return db.session.scalar(select(func.count(Job.id)).where(Job.kind == kind, Job.state.not_in(OVER))) or 0


def kill_one_in_a_while(pid: int, kills: int) -> int:
    """Kill workers at random moments while there is work; return how many were killed."""
    chance, killed, until = random.Random(20), 0, time.monotonic() + PATIENCE
    while (left("test.effect") or left("test.killer")) and time.monotonic() < until:
        time.sleep(chance.uniform(0.1, 0.9))
        found = kept_by(pid)
        if found and killed < kills:
            with suppress(ProcessLookupError):  # the killer was quicker
                os.kill(chance.choice(found), signal.SIGKILL)
                killed += 1
    return killed


def test_of_200_jobs_none_is_lost_and_none_done_twice_whoever_is_killed(
    app: Flask, fresh_url: str, tmp_path: Path
) -> None:
    with app.app_context():
        transact(enqueue_all, "test.effect", ({"number": number} for number in range(JOBS)), at=now())
        killer = transact(enqueue, "test.killer", {}, at=now())
        db.session.remove()
        with workers(fresh_url, tmp_path, app) as workshop_process:
            killed = kill_one_in_a_while(workshop_process.pid, KILLS)
        undone = select(Job.kind, Job.attempts).where(Job.kind.startswith("test."), Job.state != JobState.DONE)
        assert [tuple(row) for row in db.session.execute(undone)] == [("test.killer", 5)]
        assert sorted(effects()) == list(range(JOBS))
        dead = the_job(killer)
        assert (dead.state, dead.attempts, dead.error) == (JobState.FAILED, 5, WORKER_DIED)
        assert killed == KILLS


def test_a_job_is_taken_over_within_five_seconds() -> None:
    assert LEASE.total_seconds() + 2 * _POLL < 5
