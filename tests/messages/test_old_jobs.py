"""What was sent is remembered longer than the work that sent it."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobState, enqueue
from app.core.tidying import drop_old_jobs
from app.core.working import Work
from app.messages.models import Channel, Delivery
from tests.factories import Factory
from tests.work import kinds


def do_nothing(_work: Work) -> None:
    """Be done at once."""


def sent_long_ago(user_id: int) -> None:
    """Leave what an old job sent; an operation."""
    job_id = enqueue("idle", {}, at=now())
    old = now() - timedelta(days=31)
    db.session.execute(update(Job).where(Job.id == job_id).values(state=JobState.DONE, finished_at=old))
    db.session.add(
        Delivery(user_id=user_id, channel=Channel.SMS, address="13800138000", made_at=old, job_id=job_id),
    )


def test_a_delivery_stays_when_its_job_is_tidied_away(inside: Flask, make: Factory) -> None:
    with kinds(idle=do_nothing):
        make.do(sent_long_ago, make.user().id)
        assert make.do(drop_old_jobs, now() - timedelta(days=30)) == 1
    db.session.rollback()
    assert list(db.session.scalars(select(Delivery.job_id))) == [None]
