"""What is due in the queue: looking without disturbing anybody, and taking one job up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from app.core.db import db
from app.core.jobs import KINDS, Job, JobState, Urgency
from app.core.working import LEASE, WORKER_DIED, end_attempt


def due(at: datetime, kinds: Iterable[str], urgency: Urgency) -> Select[Job]:
    """Return the jobs of one urgency that can be taken up, the first one first.

    One urgency at a time: thousands that are planned for next week would stand between two urgencies of today.
    """
    statement = select(Job).where(Job.state == JobState.WAITING, Job.urgency == int(urgency), Job.run_at <= at)
    return statement.where(Job.kind.in_(kinds)).order_by(Job.run_at, Job.id)


def abandoned(at: datetime) -> Select[Job]:
    """Return the jobs whose worker has given no sign of life for too long; kinds that only a newer program knows are
    left to it."""
    return select(Job).where(Job.state == JobState.RUNNING, Job.lease_until < at, Job.kind.in_(KINDS))


@dataclass(frozen=True)
class Found:
    """What a look into the queue found: whether something was abandoned, and how urgent what waits is."""

    is_abandoned: bool
    urgency: Urgency | None

    def __bool__(self) -> bool:
        return self.is_abandoned or self.urgency is not None


ANYTHING = Found(is_abandoned=True, urgency=None)  # nobody looked


def look(at: datetime, kinds: Iterable[str]) -> Found:
    """Return what there is to take over and to take up; it disturbs nobody."""

    def is_there(jobs: Select[Job]) -> bool:
        return db.session.scalar(jobs.with_only_columns(Job.id).limit(1)) is not None

    return Found(is_there(abandoned(at)), next((one for one in Urgency if is_there(due(at, kinds, one))), None))


def claim(owner: str, kinds: Iterable[str], found: Found = ANYTHING, *, at: datetime) -> Job | None:
    """Take over what was abandoned, then take up the first job that waits, as far as somebody else did not meanwhile.

    What was looked at before is not looked at again: on SQLite everybody who writes waits for this.
    """
    if found.is_abandoned:
        for row in db.session.scalars(abandoned(at).with_for_update(skip_locked=True)):
            end_attempt(row, WORKER_DIED, at=at)
    ranks = Urgency if found.is_abandoned else [one for one in Urgency if one is found.urgency]
    waiting = (due(at, kinds, urgency).limit(1).with_for_update(skip_locked=True) for urgency in ranks)
    first = next((row for row in map(db.session.scalar, waiting) if row), None)
    if first:
        first.state, first.owner, first.lease_until = JobState.RUNNING, owner, at + LEASE
        first.attempts += 1
        first.started_at = first.started_at or at
        db.session.flush()
    return first
