"""A job in parts: the whole is taken up again when the last of them is over."""

from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import OVER, Job, JobState

A_PART_FAILED = "Some parts could not be done."  # said in the language of whoever reads it


def tell_parent(job_id: int, *, is_done: bool) -> None:
    """Count a part that is over; after the last one the whole is taken up again, or has failed."""
    parent_id = db.session.scalar(select(Job.parent_id).where(Job.id == job_id))
    if parent_id is None:
        return
    parent = db.session.get_one(Job, parent_id, with_for_update=True, populate_existing=True)
    parent.parts_done += is_done
    left = select(func.count()).select_from(Job).where(Job.parent_id == parent_id, Job.state.not_in(OVER))
    if parent.state is not JobState.SPLIT or db.session.scalar(left):
        db.session.flush()
        return
    if parent.parts_done >= parent.parts:
        parent.state, parent.run_at = JobState.WAITING, now()
    else:
        parent.state, parent.error, parent.finished_at = JobState.FAILED, A_PART_FAILED, now()
    db.session.flush()
