"""Doing the work that is written down in `app.core.jobs`: claim it, show that one is alive, finish it, or give it back.

Any number of workers on any number of hosts share one queue. A worker that dies loses its lease, and another one takes
the job over within five seconds. One that was only paused finds itself fenced: its writes are refused.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Select, select, update

from app.core import results
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import KINDS, Job, JobState, Urgency, enqueue_all
from app.core.parts import tell_parent

P = ParamSpec("P")
R = TypeVar("R")

LEASE = timedelta(seconds=3.5)  # how long a worker is believed to be alive without a sign
WORKER_DIED = "The worker broke off while doing this."  # said in the language of whoever reads it
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
_LONGEST_ERROR = 500  # characters
_STEP_EVERY = 0.3  # seconds between two notes of how far a job is
_QUIET = timedelta(seconds=0.5)  # after a write nobody needs another sign of life for so long


class Lost(Exception):
    """Somebody else has taken the job over; nothing of this attempt may be written any more."""


class Interrupted(Exception):
    """The job was cancelled, or the worker is to stop."""


class TryAgain(Exception):
    """It could not be done now, for a reason outside; ``at`` is when to try again, if that is known."""

    def __init__(self, words: str, at: datetime | None = None) -> None:
        super().__init__(words)
        self.at = at


class GiveUp(Exception):
    """It cannot be done, and trying again will not help; the words say why."""


class Park(Exception):
    """Nobody can know whether it was done; a person has to look before it is done again."""


@dataclass
class Work:
    """A job in the hands of a worker: what to do, and the only way to write while doing it."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    attempt: int
    owner: str
    user_id: int | None
    is_stopping: Callable[[], bool]
    is_over: bool = False
    result: dict[str, Any] | None = None
    _noted_at: float = 0.0
    _progress: Mapping[str, int] = field(default_factory=dict)

    def write(self, operation: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation in a transaction that only this attempt may commit. Raises `Lost`."""

        def fenced() -> R:
            self._hold()
            return operation(*args, **kwargs)

        return transact(fenced)

    def finish(self, operation: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation in the transaction that also says the job is done: both or neither. Raises `Lost`."""

        def finished() -> R:
            self._hold(state=JobState.DONE, owner=None, lease_until=None, finished_at=now(), result=self.result)
            made = operation(*args, **kwargs)
            tell_parent(self.id, is_done=True)
            return made

        made = transact(finished)
        self.is_over = True
        return made

    def step(self, done: int, of: int) -> None:
        """Note how far it is; raises `Interrupted` when it is to stop here, `Lost` when it is somebody else's."""
        if self._has_come_far(done, of):
            transact(self._hold)
            self._stop_if_cancelled()

    def pass_by(self, done: int, of: int) -> None:
        """Note how far it is with whatever is written next, for work that writes at each step anyway; raises
        `Interrupted` when it is to stop here."""
        if self._has_come_far(done, of):
            self._stop_if_cancelled()

    def split(self, kind: str, payloads: Iterable[Mapping[str, Any]], *, urgency: Urgency = Urgency.BULK) -> None:
        """Leave the job to its parts; once all are done it is taken up again by what gathers them. Without any parts
        that comes at once."""
        if KINDS[self.kind].gather is None:
            raise LookupError(f"nothing gathers the parts of {self.kind}")

        def parted() -> int:
            self._hold()
            count = enqueue_all(kind, payloads, at=now(), urgency=urgency, parent_id=self.id)
            if count:
                self._hold(state=JobState.SPLIT, owner=None, lease_until=None, parts=count, parts_done=0)
            return count

        self.is_over = transact(parted) > 0

    def new_file(self, name: str, content_type: str) -> Path:
        """Return where to write what the person who asked may fetch once the job is done, under that name."""
        path, self.result = results.new_file(self.id, name, content_type)
        return path

    def _has_come_far(self, done: int, of: int) -> bool:
        """Keep how far it is, and return whether it is time to look up."""
        if self.is_stopping():
            raise Interrupted
        self._progress = {"parts": of, "parts_done": done}
        if done < of and monotonic() - self._noted_at < _STEP_EVERY:
            return False
        self._noted_at = monotonic()
        return True

    def _stop_if_cancelled(self) -> None:
        if db.session.scalar(select(Job.is_cancelling).where(Job.id == self.id)):
            raise Interrupted

    def _hold(self, **changes: Any) -> None:
        mine = (Job.id == self.id, Job.owner == self.owner, Job.attempts == self.attempt)
        held = update(Job).where(*mine).values({"lease_until": now() + LEASE, **self._progress, **changes})
        if not db.session.connection().execute(held).rowcount:
            raise Lost


def going_quiet(owners: Iterable[str], at: datetime) -> Select[int]:
    """Return what has been taken up and gave no sign of life for a moment; all that is written gives one."""
    return select(Job.id).where(Job.owner.in_(owners), Job.lease_until < at + LEASE - _QUIET)


def stay_alive(owners: Iterable[str], *, at: datetime) -> None:
    """Show that a worker still has what it has taken up."""
    db.session.execute(update(Job).where(Job.owner.in_(owners)).values(lease_until=at + LEASE))


def break_off(work: Work, *, at: datetime) -> None:
    """Put a job back that was interrupted, as if it had not been taken up; a cancelled one ends."""
    row = _mine(work)
    if row.is_cancelling:
        _end(row, JobState.CANCELLED, "", at=at)
        return
    row.state, row.owner, row.lease_until = JobState.WAITING, None, None
    row.attempts -= 1


def fail(work: Work, error: Exception, *, at: datetime) -> None:
    """Write down why an attempt failed, and when the next one is; after the last one the job has failed."""
    row = _mine(work)
    words = str(error) if isinstance(error, TryAgain | GiveUp | Park) else f"{type(error).__name__}: {error}"
    if isinstance(error, GiveUp | Park):
        _end(row, JobState.FAILED if isinstance(error, GiveUp) else JobState.PARKED, words, at=at)
    else:
        end_attempt(row, words, at=at, run_at=error.at if isinstance(error, TryAgain) else None)


def wait_before(attempts: int) -> timedelta:
    """Return how long to wait before the next attempt: 5 s, 20 s, 80 s, 5 min …, an hour at most."""
    return min(_FIRST_WAIT * int(4 ** (attempts - 1)), _LONGEST_WAIT)


def _mine(work: Work) -> Job:
    row = db.session.get_one(Job, work.id, with_for_update=True)
    if (row.owner, row.attempts) != (work.owner, work.attempt):
        raise Lost
    return row


def end_attempt(row: Job, words: str, *, at: datetime, run_at: datetime | None = None) -> None:
    """End an attempt that came to nothing; the job waits for the next one, or has failed."""
    if row.is_cancelling:
        _end(row, JobState.CANCELLED, "", at=at)
        return
    if row.attempts >= KINDS[row.kind].attempts:
        _end(row, JobState.FAILED, words, at=at)
        return
    row.state, row.owner, row.lease_until = JobState.WAITING, None, None
    row.error = words[:_LONGEST_ERROR]
    if words != WORKER_DIED:
        row.run_at = run_at or at + wait_before(row.attempts)
    elif row.attempts > 1:  # the first time it keeps its turn, for it is late already; then others go first
        row.run_at = at
    db.session.flush()


def _end(row: Job, state: JobState, words: str, *, at: datetime) -> None:
    row.state, row.owner, row.lease_until, row.finished_at = state, None, None, at
    row.error = words[:_LONGEST_ERROR]
    db.session.flush()
    tell_parent(row.id, is_done=False)
