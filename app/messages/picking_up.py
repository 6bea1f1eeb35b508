"""Deliveries left behind by a job that died: a new job sends them. What a person stopped, rests, and says so."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import exists, select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import ATTEMPTS, Job, JobState
from app.core.working import Work
from app.messages.delivering import SEND, SEND_MANY, post
from app.messages.models import Channel, Delivery, DeliveryState
from app.messages.outcomes import uncertain
from app.messages.troubles import Trouble, trouble_kept

PICK_UP = "messages.pick_up"
HANDED_ON = "Other jobs send what was left of it."  # said in the language of whoever reads it
_PARTS = 10  # smaller each time: whoever is sent together with a letter that kills its worker is soon without it
_OPEN = Delivery.state.in_((DeliveryState.WAITING, DeliveryState.SENDING))


def pick_up_all(work: Work) -> None:
    """Look for what dead jobs left behind, and see to it, one job a transaction."""
    for job_id in dead_jobs():
        work.write(pick_up, job_id, at=now())
        work.step(0, 0)  # a worker that is to stop stops here


def dead_jobs() -> list[int]:
    """Return the sending jobs that are over without having come to an end with all their deliveries."""
    dead = select(Job.id).where(Job.state.in_((JobState.FAILED, JobState.CANCELLED)), Job.kind.in_((SEND, SEND_MANY)))
    return list(db.session.scalars(dead.where(exists().where(Delivery.job_id == Job.id, _OPEN)).order_by(Job.id)))


def pick_up(job_id: int, *, at: datetime) -> int:
    """See to what a dead job left behind; returns how many deliveries new jobs have now.

    What was just being sent is parked: nobody can know. What waits is sent by new jobs if the old one died, with one
    attempt counted, so that what kills its workers ends, too. If a person stopped it, that holds: it has not arrived,
    until somebody lets the job or the delivery go on. A job that was taken up again meanwhile keeps all it has.
    """
    row = db.session.get_one(Job, job_id, with_for_update=True)  # first the job, then its deliveries, as senders do
    if row.state not in {JobState.FAILED, JobState.CANCELLED}:
        return 0
    mine = select(Delivery).where(Delivery.job_id == job_id, _OPEN).order_by(Delivery.id).with_for_update()
    again = [one.id for one in db.session.scalars(mine) if _goes_on(one, row.state)]
    db.session.flush()
    for some in _parts(again):
        post(Channel(row.payload["channel"]), some, is_urgent=row.payload["is_urgent"], at=at)
        row.state, row.error = JobState.CANCELLED, HANDED_ON  # nobody needs to look at it any more
    return len(again)


def _goes_on(delivery: Delivery, job_state: JobState) -> bool:
    """Write down how a delivery stands now; returns whether it is to be sent."""
    if delivery.state is DeliveryState.SENDING:
        delivery.state, delivery.error = uncertain(delivery), trouble_kept(Trouble.UNKNOWN)
        return False
    if job_state is JobState.CANCELLED:
        delivery.state, delivery.error = DeliveryState.FAILED, trouble_kept(Trouble.STOPPED)
        return False
    delivery.attempts += 1
    if delivery.attempts < ATTEMPTS:
        return True
    delivery.state, delivery.error = DeliveryState.FAILED, trouble_kept(Trouble.OURS)
    return False


def _parts(delivery_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    size = -(-len(delivery_ids) // _PARTS) or 1
    return (delivery_ids[first : first + size] for first in range(0, len(delivery_ids), size))
