"""Each night what is too old goes, and what went is written down."""

from datetime import datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.care.erasing.replaying import empty_the_log
from app.care.models import Keeping, PurgeRun
from app.care.retention.rules import drop_some
from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work

PURGE = "care.purge"
RUNS = 14  # nights that the page shows
_RUNS_KEPT = timedelta(days=1095)


@job(PURGE, is_long=True)
def purge(work: Work) -> None:
    """Let go of every kind what is too old, some rows at a time; broken off, it begins anew."""
    at = now()
    run_id = work.write(_begin, at)
    for kind in Keeping:
        while work.write(_drop, run_id, kind, at=at):
            work.step(0, 0)  # a worker that is to stop stops here
    work.write(_end, run_id)
    empty_the_log()


def last_runs() -> list[PurgeRun]:
    """Return the last nights, the latest first."""
    return list(db.session.scalars(select(PurgeRun).order_by(PurgeRun.id.desc()).limit(RUNS)))


def _begin(at: datetime) -> int:
    for old in db.session.scalars(select(PurgeRun).where(PurgeRun.began_at < at - _RUNS_KEPT)):
        db.session.delete(old)
    run = PurgeRun(began_at=at, counts={})
    db.session.add(run)
    db.session.flush()
    return run.id


def _drop(run_id: int, kind: Keeping, *, at: datetime) -> int:
    dropped = drop_some(kind, at=at)
    run = db.session.get_one(PurgeRun, run_id)
    run.counts = {**run.counts, kind.value: run.counts.get(kind.value, 0) + dropped}
    return dropped


def _end(run_id: int) -> None:
    db.session.get_one(PurgeRun, run_id).ended_at = now()


tell(PURGE, Telling(_l("Letting go of what is too old")))
schedule(PURGE, daily_at=time(3, 30))
