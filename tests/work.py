"""Kinds of work that only tests do, and a worker that does what is due here and now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select

from app.core import jobs
from app.core.changes import Change, note_change
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.core.worker import Worker
from app.core.working import Work

EFFECT = "effect"


@contextmanager
def kinds(**done: Callable[[Work], None]) -> Iterator[None]:
    """Register kinds of work by name until the block ends."""
    before = dict(jobs.KINDS)
    for name, do in done.items():
        jobs.job(name)(do)
    try:
        yield
    finally:
        jobs.KINDS.clear()
        jobs.KINDS.update(before)


def note_effect(number: int) -> None:
    """Leave a trace in the database; an operation."""
    note_change(EFFECT, number, "done", by=None, at=now())


def effects() -> list[int]:
    """Return the traces, in the order in which they were left."""
    db.session.rollback()
    return list(db.session.scalars(select(Change.record_id).where(Change.record == EFFECT).order_by(Change.id)))


def work_off(app: Flask) -> int:
    """Do everything that is due; return how many jobs that were."""
    done = Worker(app).work_off()
    db.session.rollback()
    db.session.expire_all()
    return done


def the_job(job_id: int) -> Job:
    """Return a job as it is now."""
    db.session.rollback()
    return db.session.get_one(Job, job_id, populate_existing=True)
