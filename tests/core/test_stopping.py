"""Stopping work and having it done again, at awkward moments."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core import jobs
from app.core.claiming import claim
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import Job, JobState, enqueue, time_left
from app.core.stopping import cancel_job, retry_job
from app.core.working import Park, Work, break_off
from tests.factories import Factory
from tests.work import effects, kinds, note_effect, the_job, work_off

GATHERED = 1000


def gather(work: Work) -> None:
    """Say that all parts were there."""
    work.finish(note_effect, GATHERED)


@pytest.fixture
def parked() -> set[int]:
    """The numbers of the parts of which nobody can know whether they were done."""
    return set()


@pytest.fixture
def whole(inside: Flask, make: Factory, parked: set[int]) -> Iterator[int]:
    """A job that has been shared out into two parts."""

    def split(work: Work) -> None:
        work.split("part", [{"number": number} for number in range(2)])

    def do_part(work: Work) -> None:
        if work.payload["number"] in parked:
            raise Park("who knows")
        work.finish(note_effect, work.payload["number"])

    with kinds(part=do_part):
        jobs.job("whole", gather=gather)(split)
        number = make.do(enqueue, "whole", {}, at=now())
        taken_up("whole")
        yield number


def taken_up(kind: str) -> Work:
    """Take up the first job of a kind; a whole is shared out at once."""
    row = transact(claim, "here", [kind], at=now())
    assert row
    work = Work(row.id, row.kind, row.payload, row.attempts, "here", None, lambda: False)
    if kind == "whole":
        jobs.KINDS[kind].do(work)
    return work


def parts_of(number: int) -> list[Job]:
    """Return the parts of a job."""
    db.session.rollback()
    return list(db.session.scalars(select(Job).where(Job.parent_id == number).order_by(Job.id)))


def test_what_is_asked_for_again_while_its_parts_still_stop_is_not_put_together_without_them(
    inside: Flask, make: Factory, whole: int
) -> None:
    works = [taken_up("part") for _ in range(2)]
    make.do(cancel_job, whole, at=now())
    make.do(retry_job, whole, at=now())
    assert the_job(whole).state is JobState.SPLIT
    for work in works:
        transact(break_off, work, at=now())
    work_off(inside)
    assert effects() == [0, 1, GATHERED]


def test_what_is_done_again_leaves_what_nobody_knows_to_somebody_who_looks(
    inside: Flask, make: Factory, whole: int, parked: set[int]
) -> None:
    parked.add(1)
    work_off(inside)
    assert the_job(whole).state is JobState.FAILED
    assert not make.do(retry_job, whole, at=now())
    assert the_job(whole).state is JobState.FAILED
    parked.clear()
    assert make.do(retry_job, parts_of(whole)[1].id, at=now())
    work_off(inside)
    assert effects() == [0, 1, GATHERED]


def test_the_last_part_that_is_stopped_ends_the_whole(inside: Flask, make: Factory, whole: int) -> None:
    make.do(cancel_job, parts_of(whole)[1].id, at=now())
    work_off(inside)
    assert the_job(whole).state is JobState.FAILED
    assert make.do(retry_job, whole, at=now())
    work_off(inside)
    assert effects() == [0, 1, GATHERED]


def test_what_is_done_again_the_next_day_does_not_count_the_night(inside: Flask, make: Factory) -> None:
    with kinds(idle=lambda _work: None):
        number = make.do(enqueue, "idle", {}, at=now())
        make.do(have_failed, number)
        make.do(retry_job, number, at=now())
        again = the_job(number)
        assert (again.started_at, again.parts_done, time_left(again, now())) == (None, 0, None)


def have_failed(number: int) -> None:
    """Let a job have failed yesterday, half done; an operation."""
    yesterday = now() - timedelta(days=1)
    half = {"state": JobState.FAILED, "parts": 4, "parts_done": 2, "started_at": yesterday, "finished_at": yesterday}
    db.session.execute(update(Job).where(Job.id == number).values(**half))
