"""Stopping work in the background, and having it done again."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from app.core.db import db
from app.core.jobs import OVER, Job, JobState
from app.core.parts import tell_parent

RESTORED = "It was under way when the backup was made."  # said in the language of whoever reads it
_CAN_BE_REPEATED = frozenset({JobState.FAILED, JobState.PARKED, JobState.CANCELLED})


def cancel_job(job_id: int, *, at: datetime) -> bool:
    """Stop a job: one that waits at once, a running one at its next step, one that is split with all its parts.

    Returns whether there was anything to stop.
    """
    row = db.session.get_one(Job, job_id, with_for_update=True)
    if row.is_over:
        return False
    if row.state is JobState.RUNNING:
        row.is_cancelling = True
        return True
    row.state, row.finished_at = JobState.CANCELLED, at
    db.session.flush()
    waiting = update(Job).where(Job.parent_id == job_id, Job.state == JobState.WAITING)
    db.session.execute(waiting.values(state=JobState.CANCELLED, finished_at=at))
    db.session.execute(update(Job).where(Job.parent_id == job_id, Job.owner.is_not(None)).values(is_cancelling=True))
    tell_parent(job_id, is_done=False)
    return True


def retry_job(job_id: int, *, at: datetime) -> bool:
    """Do a job again that failed, was parked or cancelled, with all its attempts; of a split one what is not done.

    Its parked parts stay: each is for somebody to look at. Returns whether there was anything to do again.
    """
    row = db.session.get_one(Job, job_id, with_for_update=True)
    if row.state not in _CAN_BE_REPEATED:
        return False
    has_parts = db.session.scalar(select(exists().where(Job.parent_id == job_id)))
    if not has_parts:
        row.parts_done = 0
    elif not _do_parts_again(job_id, at) and not _all_parts_done(job_id):
        return False
    for name, value in _anew(at).items():
        setattr(row, name, value)
    if has_parts and not _all_parts_done(job_id):
        row.state, row.started_at = JobState.SPLIT, at
    _wait_for_it_again(row)
    return True


def let_rest(job_id: int, *, at: datetime) -> bool:
    """Leave work as it is that failed, or of which nobody could know whether it was done: somebody has looked at it,
    and may still have it done again. Returns whether it was in such a state; a part goes with its whole."""
    row = db.session.get_one(Job, job_id, with_for_update=True)
    if row.parent_id is not None or row.state not in {JobState.FAILED, JobState.PARKED}:
        return False
    row.state, row.finished_at = JobState.CANCELLED, row.finished_at or at
    return True


def stop_everything(*, at: datetime) -> int:
    """Stop all work that is not over, as in a database that came out of a backup: much of it was done since, and what
    left the house would leave it twice. Returns how many jobs that were."""
    left = update(Job).where(Job.state.not_in(OVER))
    stopped = left.values(state=JobState.CANCELLED, owner=None, lease_until=None, finished_at=at, error=RESTORED)
    return db.session.connection().execute(stopped).rowcount


def _do_parts_again(job_id: int, at: datetime) -> int:
    """Let what was stopped wait again, and what was to stop go on; returns how many parts that is."""
    its = update(Job).where(Job.parent_id == job_id)
    ended = its.where(Job.state.in_((JobState.FAILED, JobState.CANCELLED))).values(_anew(at))
    stopping = its.where(Job.state == JobState.RUNNING).values(is_cancelling=False)
    connection = db.session.connection()
    return connection.execute(ended).rowcount + connection.execute(stopping).rowcount


def _all_parts_done(job_id: int) -> bool:
    undone = exists().where(Job.parent_id == job_id, Job.state != JobState.DONE)
    return not db.session.scalar(select(undone))


def _wait_for_it_again(row: Job) -> None:
    """Let a whole that failed for want of this part wait for it; locked, for another part may be the last just now."""
    parent_id = row.parent_id
    parent = db.session.get(Job, parent_id, with_for_update=True, populate_existing=True) if parent_id else None
    if parent and parent.state is JobState.FAILED:
        parent.state, parent.error, parent.finished_at = JobState.SPLIT, "", None


def _anew(at: datetime) -> dict[str, Any]:
    return {
        "state": JobState.WAITING,
        "run_at": at,
        "attempts": 0,
        "error": "",
        "started_at": None,
        "finished_at": None,
        "is_cancelling": False,
    }
