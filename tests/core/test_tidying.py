"""What is over and done with goes."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core import tidying
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobState, enqueue, enqueue_all
from app.core.schedules import turns
from app.core.working import Work
from tests.factories import Factory
from tests.work import kinds, the_job, work_off

OLD, YOUNG = timedelta(days=31), timedelta(days=29)


def do_nothing(_work: Work) -> None:
    """Be done at once."""


def end(job_id: int, state: JobState, at: datetime) -> None:
    """Let a job, and its parts, have ended at a moment; an operation."""
    its = (Job.id == job_id) | (Job.parent_id == job_id)
    db.session.execute(update(Job).where(its).values(state=state, finished_at=at))


def ended(make: Factory, ago: timedelta, state: JobState = JobState.DONE, parts: int = 0) -> int:
    """Make a job that ended some time ago."""
    number = make.do(enqueue, "idle", {}, at=now())
    make.do(enqueue_all, "idle", [{}] * parts, at=now(), parent_id=number)
    make.do(end, number, state, now() - ago)
    return number


def idle() -> list[int]:
    """Return which of the jobs of the tests are left."""
    db.session.rollback()
    return list(db.session.scalars(select(Job.id).where(Job.kind == "idle").order_by(Job.id)))


def test_what_was_over_thirty_days_ago_goes_with_its_parts(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "_AT_ONCE", 2)
    with kinds(idle=do_nothing):
        ended(make, OLD, parts=5)
        for state in (JobState.FAILED, JobState.CANCELLED, JobState.PARKED):
            ended(make, OLD, state)
        kept = ended(make, YOUNG, parts=1)
        make.do(enqueue, "jobs.tidy", {}, at=now())
        work_off(inside)
    assert idle() == [kept, kept + 1]


def test_what_is_not_over_stays_however_old_it_is(inside: Flask, make: Factory) -> None:
    with kinds(idle=do_nothing):
        number = make.do(enqueue, "idle", {}, at=now() - OLD, run_at=now() + OLD)
        tidy = make.do(enqueue, "jobs.tidy", {}, at=now())
        work_off(inside)
    assert idle() == [number]
    assert the_job(tidy).state is JobState.DONE


def test_it_comes_round_each_night_and_files_go_each_hour() -> None:
    night = datetime.fromisoformat("2026-11-22T03:00:01+08:00")
    assert {kind for kind, _ in turns(night)} >= {"jobs.tidy", "results.tidy"}
    names = {
        name for hour in range(24) for kind, name in turns(night + timedelta(hours=hour)) if kind.endswith(".tidy")
    }
    assert len([name for name in names if name.startswith("results.tidy")]) == 24
    assert len([name for name in names if name.startswith("jobs.tidy")]) == 1
