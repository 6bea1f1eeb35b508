"""Work in the background, looked at: somebody's own, everybody's, and whether anybody does it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, union_all

from app.core.access import Principal
from app.core.db import LARGEST_ID, db
from app.core.jobs import OVER, Job, JobState, Urgency

PAGE = 50
KEPT_FOR = timedelta(days=30)
COUNTED = 9999  # nobody needs to know more exactly how many
LATE = timedelta(seconds=30)  # a worker that lives takes up what is due within a second, or is busy


def jobs_of(principal: Principal) -> Select[Job]:
    """Return the jobs that somebody asked for, without their parts."""
    return select(Job).where(Job.user_id == principal.actor, Job.parent_id.is_(None))


def page_of_own(principal: Principal, before: int | None) -> tuple[Sequence[Job], int | None]:
    """Return a page of somebody's jobs, the latest first, and the key of the next page."""
    return _page(jobs_of(principal), before)


def page_of_jobs(state: JobState | None, kind: str | None, before: int | None) -> tuple[Sequence[Job], int | None]:
    """Return a page of all jobs, the latest first, and the key of the next page; their parts only by state or kind."""
    statement = select(Job)
    if state:
        statement = statement.where(Job.state == state)
    if kind:
        statement = statement.where(Job.kind == kind)
    return _page(statement if state or kind else statement.where(Job.parent_id.is_(None)), before)


def counted() -> dict[JobState, int]:
    """Return how many jobs there are in each state, up to `COUNTED` and one."""
    some = [
        select(Job.state).where(Job.state == state).order_by(Job.id).limit(COUNTED + 1).subquery() for state in JobState
    ]
    each = union_all(*(select(one.c.state, func.count()).select_from(one).group_by(one.c.state) for one in some))
    found = {JobState(state): number for state, number in db.session.execute(each)}
    return {state: found.get(state, 0) for state in JobState}


def parts_of(job_id: int, after: int | None) -> tuple[Sequence[Job], int | None]:
    """Return a page of a job's parts in order, and the key of the next page."""
    statement = select(Job).where(Job.parent_id == job_id, Job.id > (after or 0)).order_by(Job.id)
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def nobody_works(at: datetime) -> bool:
    """Return whether something waits or lies abandoned for so long that no worker can be alive."""
    is_waiting = (Job.state == JobState.WAITING, Job.run_at < at - LATE)
    overdue = [select(Job.id).where(Job.urgency == urgency, *is_waiting).limit(1) for urgency in Urgency]
    running = select(Job.id).where(Job.state == JobState.RUNNING).limit(1)
    if db.session.scalar(running.where(Job.lease_until >= at)) is not None:
        return False
    abandoned = running.where(Job.lease_until < at - LATE)
    return any(db.session.scalar(one) is not None for one in (*overdue, abandoned))


def running_like(kind: str, payload: dict[str, object], asker: tuple[int, int | None], since: datetime) -> int | None:
    """Return the id of the same work if the same person asked for it lately, here, and it is not over yet."""
    user_id, session_id = asker
    own = select(Job).where(Job.user_id == user_id, Job.session_id == session_id, Job.kind == kind)
    latest = own.where(Job.created_at >= since, Job.state.not_in(OVER)).order_by(Job.id.desc())
    return next((one.id for one in db.session.scalars(latest) if one.payload == payload), None)


def _page(statement: Select[Job], before: int | None) -> tuple[Sequence[Job], int | None]:
    wanted = statement.where(Job.id < (before or LARGEST_ID)).order_by(Job.id.desc())
    found = db.session.scalars(wanted.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
