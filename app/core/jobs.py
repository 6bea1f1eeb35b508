"""Slow work: the row is the queue. Written in the transaction that causes it, so that nothing is done for what was
rolled back and nothing is forgotten of what was committed; done by a worker, see `app.core.working`.

A worker may die or be paused at any moment, so a job runs at least once. Whatever it writes goes through `Work.write`
or `Work.finish`, which refuse once somebody else has taken the job over: the effect happens once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, db, table_of

if TYPE_CHECKING:
    from app.core.working import Work

ATTEMPTS = 5  # then it is a matter for people


class JobState(StrEnum):
    """``split`` waits for its parts; ``parked`` for somebody to look whether it was done."""

    WAITING = "waiting"
    RUNNING = "running"
    SPLIT = "split"
    DONE = "done"
    FAILED = "failed"
    PARKED = "parked"
    CANCELLED = "cancelled"


OVER = (JobState.DONE, JobState.FAILED, JobState.PARKED, JobState.CANCELLED)


class Urgency(IntEnum):
    """Who goes first: somebody waits for it now, it belongs to the day's work, or it is one of thousands."""

    NOW = 0
    NORMAL = 1
    BULK = 2


class Job(Base):
    """A piece of work: what, for whom, how far it is. ``attempts`` are counted when it is taken up, so that one which
    kills its process ends too; ``owner`` and ``lease_until`` say who has it and until when that is believed."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'running', 'split', 'done', 'failed', 'parked', 'cancelled')", name="state"
        ),
        CheckConstraint("(state = 'running') = (owner IS NOT NULL)", name="owner"),
        Index(
            "ix_jobs_waiting",
            "urgency",
            "run_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_jobs_running",
            "lease_until",
            postgresql_where=text("state = 'running'"),
            sqlite_where=text("state = 'running'"),
        ),
        Index("ix_jobs_state_id", "state", "id"),
        Index("ix_jobs_kind_id", "kind", "id"),
        Index("ix_jobs_parent_id", "parent_id", "id"),
        Index("ix_jobs_user_id", "user_id", "id"),
    )

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    urgency: Mapped[int] = mapped_column(default=Urgency.NORMAL)
    run_at: Mapped[datetime]  # not before
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(unique=True)  # a second one of the same name is not made
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    parts: Mapped[int] = mapped_column(default=0)  # of the whole work; 0: nobody has counted yet
    parts_done: Mapped[int] = mapped_column(default=0)
    is_cancelling: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who asked; None: the system itself
    session_id: Mapped[int | None]  # in which session: its result is handed out there only
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state in OVER


@dataclass(frozen=True)
class Kind:
    """How one kind of work is done, and what gathers its parts; a long one leaves a lane free for the others."""

    name: str
    do: "Callable[[Work], None]"
    gather: "Callable[[Work], None] | None" = None
    is_long: bool = False
    attempts: int = ATTEMPTS


@dataclass(frozen=True)
class Asker:
    """Who asked for a piece of work, and in which session."""

    user_id: int
    session_id: int | None = None


KINDS: dict[str, Kind] = {}
_JOBS = table_of(Job)


def job(
    name: str,
    *,
    gather: "Callable[[Work], None] | None" = None,
    is_long: bool = False,
    attempts: int = ATTEMPTS,
) -> "Callable[[Callable[[Work], None]], Callable[[Work], None]]":
    """Register what does one kind of work."""

    def register(do: "Callable[[Work], None]") -> "Callable[[Work], None]":
        if name in KINDS:
            raise ValueError(f"two kinds of work are called {name}")
        KINDS[name] = Kind(name, do, gather, is_long, attempts)
        return do

    return register


def enqueue(
    kind: str,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    run_at: datetime | None = None,
    urgency: Urgency = Urgency.NORMAL,
    asker: Asker | None = None,
) -> int:
    """Have a piece of work done once this transaction is committed; returns the job's id."""
    rows = [_row(kind, payload, at=at, run_at=run_at, urgency=urgency, asker=asker)]
    key: Any = db.session.connection().execute(insert(_JOBS), rows[0]).inserted_primary_key
    return int(key[0])


def enqueue_all(
    kind: str,
    payloads: Iterable[Mapping[str, Any]],
    *,
    at: datetime,
    run_at: datetime | None = None,
    urgency: Urgency = Urgency.BULK,
    parent_id: int | None = None,
) -> int:
    """Have the same done to many; returns how many."""
    rows = [_row(kind, one, at=at, run_at=run_at, urgency=urgency, parent_id=parent_id) for one in payloads]
    if rows:
        db.session.connection().execute(insert(_JOBS), rows)
    return len(rows)


def enqueue_once(kind: str, once: str, payload: Mapping[str, Any], *, at: datetime) -> bool:
    """Have a piece of work done unless one of that name was ever made; returns whether this made it.

    To be run in a transaction of its own: somebody else may be making it at this moment.
    """
    if db.session.scalar(select(Job.id).where(Job.once == once)):
        return False
    db.session.connection().execute(insert(_JOBS), _row(kind, payload, at=at) | {"once": once})
    return True


def time_left(row: Job, at: datetime) -> timedelta | None:
    """Return how long a job will take from now if it goes on as it began; None while nobody can say."""
    if row.is_over or not row.started_at or not row.parts_done or not row.parts:
        return None
    return (at - row.started_at) / row.parts_done * (row.parts - row.parts_done)


def _row(
    kind: str,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    run_at: datetime | None = None,
    urgency: Urgency = Urgency.NORMAL,
    asker: Asker | None = None,
    parent_id: int | None = None,
) -> dict[str, Any]:
    if kind not in KINDS:
        raise LookupError(f"nothing does {kind}")
    return {
        "kind": kind,
        "payload": dict(payload),
        "run_at": run_at or at,
        "urgency": int(urgency),
        "created_at": at,
        "parent_id": parent_id,
        "user_id": asker.user_id if asker else None,
        "session_id": asker.session_id if asker else None,
    }
