"""Work in parts: progress, gathering, a part that fails, stopping and doing it again."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import jobs
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, JobState, enqueue
from app.core.parts import A_PART_FAILED
from app.core.stopping import cancel_job, retry_job
from app.core.worker import Worker
from app.core.working import GiveUp, Work
from tests.factories import Factory
from tests.work import effects, kinds, note_effect, the_job, work_off

GATHERED = 1000


def gather(work: Work) -> None:
    """Say that all parts were there."""
    work.finish(note_effect, GATHERED)


@pytest.fixture
def whole(inside: Flask, make: Factory) -> Any:
    """What makes a job of parts: of those whose number is in ``broken``, none can be done."""
    broken: set[int] = set()

    def split(work: Work) -> None:
        work.split("part", [{"number": number} for number in range(work.payload["parts"])])

    def do_part(work: Work) -> None:
        if work.payload["number"] in broken:
            raise GiveUp("torn")
        work.finish(note_effect, work.payload["number"])

    with kinds(part=do_part):
        jobs.job("whole", gather=gather)(split)
        yield lambda parts: make.do(enqueue, "whole", {"parts": parts}, at=now()), broken


def parts_of(number: int) -> list[Job]:
    """Return the parts of a job."""
    return list(db.session.scalars(select(Job).where(Job.parent_id == number).order_by(Job.id)))


def test_all_parts_are_done_before_they_are_gathered(inside: Flask, whole: Any) -> None:
    begin, _ = whole
    number = begin(5)
    assert work_off(inside) == 7
    assert effects() == [0, 1, 2, 3, 4, GATHERED]
    done = the_job(number)
    assert (done.state, done.parts, done.parts_done) == (JobState.DONE, 5, 5)


def test_nothing_to_do_is_gathered_at_once(inside: Flask, whole: Any) -> None:
    begin, _ = whole
    assert the_job(begin(0)).state is JobState.WAITING
    assert work_off(inside) == 1
    assert effects() == [GATHERED]


def test_one_part_that_fails_fails_the_whole_once_the_others_are_done(inside: Flask, whole: Any) -> None:
    begin, broken = whole
    broken.add(1)
    number = begin(3)
    work_off(inside)
    assert effects() == [0, 2]
    failed = the_job(number)
    assert (failed.state, failed.error, failed.parts_done) == (JobState.FAILED, A_PART_FAILED, 2)


def test_doing_it_again_does_only_what_is_missing(inside: Flask, make: Factory, whole: Any) -> None:
    begin, broken = whole
    broken.add(1)
    number = begin(3)
    work_off(inside)
    broken.clear()
    assert make.do(retry_job, number, at=now())
    work_off(inside)
    assert effects() == [0, 2, 1, GATHERED]
    assert (the_job(number).state, the_job(number).parts_done) == (JobState.DONE, 3)


def test_one_part_done_again_mends_the_whole(inside: Flask, make: Factory, whole: Any) -> None:
    begin, broken = whole
    broken.add(2)
    number = begin(3)
    work_off(inside)
    broken.clear()
    assert make.do(retry_job, parts_of(number)[2].id, at=now())
    work_off(inside)
    assert effects() == [0, 1, 2, GATHERED]
    assert the_job(number).state is JobState.DONE


def test_stopping_the_whole_stops_its_parts(inside: Flask, make: Factory, whole: Any) -> None:
    begin, _ = whole
    number = begin(4)
    worker = Worker(inside)
    for _ in range(2):
        worker._work_once(list(jobs.KINDS))
    assert make.do(cancel_job, number, at=now())
    assert work_off(inside) == 0
    assert effects() == [0]
    assert the_job(number).state is JobState.CANCELLED
    assert [part.state for part in parts_of(number)] == [JobState.DONE, *[JobState.CANCELLED] * 3]
    assert make.do(retry_job, number, at=now())
    work_off(inside)
    assert effects() == [0, 1, 2, 3, GATHERED]
