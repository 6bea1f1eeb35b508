"""What is over and done with goes: jobs after thirty days, the files they made within a day."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import aliased

from app.core.clock import now
from app.core.db import db
from app.core.job_queries import KEPT_FOR
from app.core.job_words import Telling, tell
from app.core.jobs import OVER, Job, job
from app.core.results import drop_old_results
from app.core.schedules import schedule
from app.core.working import Work

_AT_ONCE = 500  # rows; those who wait for a page want to write in between


@job("jobs.tidy")
def tidy_jobs(work: Work) -> None:
    """Delete what has been over for thirty days, parts before the whole."""
    before = now() - KEPT_FOR
    _until_nothing_is_left(work, drop_old_parts, before)
    _until_nothing_is_left(work, drop_old_jobs, before)


@job("results.tidy")
def tidy_results(_work: Work) -> None:
    """Delete the files that are old."""
    drop_old_results(at=now())


def drop_old_parts(before: datetime) -> int:
    """Delete some of the parts whose whole was over by then; returns how many."""
    part = aliased(Job)
    return _drop(select(part.id).where(part.parent_id.in_(_old(before))).order_by(part.id))


def drop_old_jobs(before: datetime) -> int:
    """Delete some of the jobs that were over by then and have no parts left; returns how many."""
    part = aliased(Job)
    return _drop(_old(before).where(~exists().where(part.parent_id == Job.id)).order_by(Job.id))


def _old(before: datetime) -> Select[int]:
    return select(Job.id).where(Job.state.in_(OVER), Job.finished_at < before, Job.parent_id.is_(None))


def _drop(ids: Select[int]) -> int:
    some = list(db.session.scalars(ids.limit(_AT_ONCE)))
    if some:
        db.session.execute(delete(Job).where(Job.id.in_(some)))
    return len(some)


def _until_nothing_is_left(work: Work, drop: Callable[[datetime], int], before: datetime) -> None:
    while work.write(drop, before):
        work.step(0, 0)  # a worker that is to stop stops here


tell("jobs.tidy", Telling(_l("Deleting old jobs")))
tell("results.tidy", Telling(_l("Deleting old files")))
schedule("jobs.tidy", daily_at=time(3))
schedule("results.tidy", every=timedelta(hours=1))
