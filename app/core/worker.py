"""The process that does the work: two lanes, so that a long job holds up no message, and a sign of life a second."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from time import monotonic

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import exists, select
from sqlalchemy.exc import DBAPIError

from app.core import schedules
from app.core.claiming import Found, claim, look
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import KINDS, Job, enqueue_once
from app.core.turns import rest_after_writing
from app.core.working import (
    WORKER_DIED,
    Interrupted,
    Lost,
    Work,
    break_off,
    fail,
    going_quiet,
    stay_alive,
)

_BEAT = 1.0  # seconds between two signs of life
_POLL = 0.5  # seconds between two looks at an empty queue
_AFTER_TROUBLE = 2.0
_LAST_STEPS = 8.0  # seconds that a job gets to stop at a good place
_DEATHS_BESIDE_OTHERS = 2
_NICENESS = 5  # people who wait for a page go first
_RESTS = 30  # on SQLite, where all wait for one writer, they have it for thirty times as long as this process
log = structlog.stdlib.get_logger("tongxing.worker")


class Worker:
    """Does what is due until it is told to stop."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self._turns: set[str] = set()
        self._claims = count(1)
        self._held: set[str] = set()  # by what names jobs are in hand; what was let go of shows no sign of life
        self._room = _Room()
        self._lanes = (frozenset(KINDS), frozenset(kind.name for kind in KINDS.values() if not kind.is_long))

    def run(self) -> None:
        """Work until `stop`; this thread only gives the signs of life."""
        lanes = [threading.Thread(target=self._work_lane, args=(kinds,), daemon=True) for kinds in self._lanes]
        for lane in lanes:
            lane.start()
        while not self.stopping.wait(_BEAT):
            self._beat()
        last = monotonic() + _LAST_STEPS
        for lane in lanes:
            while lane.is_alive() and monotonic() < last:
                lane.join(_BEAT)
                self._beat()  # what is just being finished is still ours

    def stop(self, *_signal: object) -> None:
        """Take nothing up any more; what is under way stops at its next step."""
        self.stopping.set()

    def work_off(self, at: datetime | None = None) -> int:
        """Do everything that is due now, here and by oneself; returns how many jobs that were."""
        count = 0
        while self._work_once(frozenset(KINDS), at):
            count += 1
        return count

    def _work_lane(self, kinds: frozenset[str]) -> None:
        while not self.stopping.is_set():
            wait = _POLL
            try:
                with self.app.app_context():
                    self._take_turns(now())
                    wait = 0 if self._work_once(kinds) else _POLL
            except DBAPIError as error:
                log.warning("worker", problem="the database is away", error=type(error.orig).__name__)
                wait = _AFTER_TROUBLE
            except BaseException as error:  # a lane that ends in silence would never be missed
                log.error("worker", problem="a lane stumbled", exc_info=error)
                wait = _AFTER_TROUBLE
            if wait:
                self.stopping.wait(wait)

    def _work_once(self, kinds: Iterable[str], at: datetime | None = None) -> bool:
        """Do one job if there is one."""
        found = look(at or now(), kinds)
        if not found:
            return False
        owner = f"{self.owner}/{next(self._claims)}"
        self._held.add(owner)
        try:
            return self._work_as(owner, kinds, found, at or now())
        finally:
            self._held.discard(owner)
            db.session.remove()

    def _work_as(self, owner: str, kinds: Iterable[str], found: Found, at: datetime) -> bool:
        row = transact(claim, owner, kinds, found, at=at)
        if row is None:
            return False
        work = Work(row.id, row.kind, row.payload, row.attempts, owner, row.user_id, self.stopping.is_set)
        try:
            with self._room.entered(alone=row.error == WORKER_DIED and row.attempts > _DEATHS_BESIDE_OTHERS):
                self._do(work)
        except Lost:
            log.warning("job", job=work.id, kind=work.kind, problem="taken over by another worker")
        return True

    def _do(self, work: Work) -> None:
        kind = KINDS[work.kind]
        try:
            if not (kind.gather and _has_parts(work.id)):
                kind.do(work)
            if kind.gather and not work.is_over:
                kind.gather(work)
            if not work.is_over:
                work.finish(_nothing)
        except Interrupted:
            transact(break_off, work, at=now())
        except Lost:
            raise
        except Exception as error:  # whatever goes wrong in a job is the job's, not the worker's
            log.warning("job", job=work.id, kind=work.kind, attempt=work.attempt, exc_info=error)
            transact(fail, work, error, at=now())

    def _take_turns(self, at: datetime) -> None:
        for kind, turn in schedules.turns(at):
            if turn not in self._turns:
                transact(enqueue_once, kind, turn, {}, at=at)
                self._turns = {one for one in self._turns if not one.startswith(f"{kind}@")} | {turn}

    def _beat(self) -> None:
        held = tuple(self._held)
        if not held:
            return
        try:
            with self.app.app_context():
                if db.session.scalar(select(going_quiet(held, now()).exists())):
                    transact(stay_alive, held, at=now())
        except Exception as error:  # the next one comes in a second
            log.warning("worker", problem="no sign of life", exc_info=error)


class _Room:
    """Where the lanes work beside each other. What workers died of more than once has it to itself: whoever works
    beside it would be taken with it time and again, until nobody could tell the guilty from the rest."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._is_closed = False

    @contextmanager
    def entered(self, *, alone: bool) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closed and not (alone and self._inside))
            self._inside += 1
            self._is_closed = alone
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._is_closed = False
                self._changed.notify_all()


def work(app: Flask) -> None:
    """Be a worker until told to stop."""
    worker = Worker(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    os.nice(_NICENESS)
    rest_after_writing(_RESTS)
    worker.run()


@click.command("work")
@with_appcontext
def work_command() -> None:
    """Do the work in the background until told to stop; as many of these as wanted, on any host."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]


def _has_parts(job_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Job.parent_id == job_id))))


def _nothing() -> None:
    """Finish with nothing left to write."""
