"""A worker among others: what it holds, what it lets go of, and that no trouble ends it."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.core import jobs, worker
from app.core.claiming import claim
from app.core.clock import now
from app.core.db import transact
from app.core.jobs import JobState, enqueue
from app.core.stopping import retry_job
from app.core.worker import Worker
from app.core.working import LEASE, Lost, Work
from tests.factories import Factory
from tests.work import effects, kinds, note_effect, the_job


def test_a_job_whose_failure_could_not_be_written_down_is_taken_over(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_facts: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    def do(work: Work) -> None:
        if work.attempt == 1:
            raise RuntimeError("away")
        work.finish(note_effect, 1)

    one = Worker(inside)
    with kinds(effect=do):
        number = make.do(enqueue, "effect", {}, at=now())
        with monkeypatch.context() as patch:
            patch.setattr(worker, "fail", away)
            with pytest.raises(OperationalError):
                one.work_off()
        one._beat()
        assert the_job(number).lease_until <= now() + LEASE  # type: ignore[operator]
        before = the_job(number).lease_until
        one._beat()
        assert the_job(number).lease_until == before
        Worker(inside).work_off(now() + LEASE + timedelta(seconds=1))
        assert effects() == [1]


def test_while_it_works_it_shows_that_it_is_alive_but_not_twice_in_a_moment(inside: Flask, make: Factory) -> None:
    leases: list[datetime | None] = []
    one = Worker(inside)

    def do(work: Work) -> None:
        for wait in (0, 1, 0, 1):
            clock.shift(wait)
            one._beat()
            leases.append(the_job(work.id).lease_until)

    with kinds(slow=do), time_machine.travel(now(), tick=False) as clock:
        make.do(enqueue, "slow", {}, at=now())
        one.work_off()
        assert leases == [now() + LEASE - timedelta(seconds=left) for left in (2, 1, 1, 0)]


def test_what_was_begun_before_somebody_asked_again_may_not_write_afterwards(inside: Flask, make: Factory) -> None:
    paused: list[Work] = []
    one = Worker(inside)

    def do(work: Work) -> None:
        paused.append(work)
        if len(paused) == 1:
            with inside.app_context():
                transact(claim, "another", [], at=now() + LEASE + timedelta(seconds=1))  # ends it: no attempt is left
                assert the_job(work.id).state is JobState.FAILED
                transact(retry_job, work.id, at=now())
                one.work_off()
            with pytest.raises(Lost):
                work.write(note_effect, 1)
            raise Lost
        with pytest.raises(Lost):
            paused[0].write(note_effect, 2)
        work.finish(note_effect, 3)

    with kinds():
        jobs.job("once", attempts=1)(do)
        make.do(enqueue, "once", {}, at=now())
        one.work_off()
    assert effects() == [3]


def test_no_trouble_ends_a_lane(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    looks = []

    def look(*_args: object) -> bool:
        looks.append(1)
        if len(looks) == 1:
            raise SystemExit
        done.set()
        return False

    one = Worker(inside)
    monkeypatch.setattr(worker, "look", look)
    monkeypatch.setattr(worker, "_POLL", 0.01)
    monkeypatch.setattr(worker, "_AFTER_TROUBLE", 0.01)
    monkeypatch.setattr(one, "_take_turns", lambda _at: None)
    lane = threading.Thread(target=one._work_lane, args=(frozenset({"x"}),))
    lane.start()
    assert done.wait(10)
    one.stop()
    lane.join()


def test_work_that_nobody_gathers_is_not_shared_out(inside: Flask, make: Factory) -> None:
    def split(work: Work) -> None:
        work.split("part", [{}])

    with kinds(whole=split, part=lambda _work: None):
        number = make.do(enqueue, "whole", {}, at=now())
        Worker(inside).work_off()
        assert "LookupError" in the_job(number).error
