"""The row is the queue: what is claimed, finished, tried again, given up, cancelled."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.claiming import claim
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import Job, JobState, Urgency, enqueue, enqueue_once, time_left
from app.core.stopping import cancel_job, retry_job
from app.core.worker import Worker
from app.core.working import LEASE, WORKER_DIED, GiveUp, Lost, Park, TryAgain, Work, wait_before
from tests.factories import Factory
from tests.work import effects, kinds, note_effect, the_job, work_off


def leave_effect(work: Work) -> None:
    """Do what a test asked for, in the transaction that also finishes the job."""
    work.finish(note_effect, work.payload["number"])


def fail_with(error: Exception) -> None:
    """Fail."""
    raise error


def abandon(job_id: int) -> None:
    """Let the lease of a job run out; an operation."""
    db.session.execute(update(Job).where(Job.id == job_id).values(lease_until=now() - timedelta(seconds=1)))


def taken_up(app: Flask, kind: str, job_id: int) -> Work:
    """Let somebody else take a job up."""
    row = transact(claim, "another worker", [kind], at=now())
    assert row and row.id == job_id
    return Work(row.id, row.kind, row.payload, row.attempts, "another worker", None, lambda: False)


def test_what_is_rolled_back_is_never_done(inside: Flask) -> None:
    def cause() -> None:
        enqueue("effect", {"number": 1}, at=now())
        raise ValueError

    with kinds(effect=leave_effect):
        with pytest.raises(ValueError):
            transact(cause)
        assert work_off(inside) == 0


def test_work_is_done_once_and_says_so(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        number = make.do(enqueue, "effect", {"number": 7}, at=now())
        assert work_off(inside) == 1
        assert (work_off(inside), effects()) == (0, [7])
    done = the_job(number)
    assert (done.state, done.attempts, done.owner) == (JobState.DONE, 1, None)
    assert done.finished_at


def test_nothing_is_done_before_its_time(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        make.do(enqueue, "effect", {"number": 1}, at=now(), run_at=now() + timedelta(minutes=1))
        assert work_off(inside) == 0
        assert Worker(inside).work_off(now() + timedelta(minutes=2)) == 1


def test_what_somebody_waits_for_goes_before_what_thousands_get(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        for number, urgency in ((1, Urgency.BULK), (2, Urgency.NORMAL), (3, Urgency.NOW)):
            make.do(enqueue, "effect", {"number": number}, at=now(), urgency=urgency)
        work_off(inside)
        assert effects() == [3, 2, 1]


def test_a_failure_is_tried_again_later_and_in_the_end_given_up(inside: Flask, make: Factory) -> None:
    at = now()
    with kinds(broken=lambda work: fail_with(RuntimeError("no paper"))):
        number = make.do(enqueue, "broken", {}, at=at)
        assert work_off(inside) == 1
        failed = the_job(number)
        assert (failed.state, failed.error) == (JobState.WAITING, "RuntimeError: no paper")
        assert failed.run_at >= at + wait_before(1)
        assert Worker(inside).work_off(at + timedelta(days=1)) == 4
        assert the_job(number).state is JobState.FAILED
        assert Worker(inside).work_off(at + timedelta(days=9)) == 0


def test_waits_grow_to_an_hour() -> None:
    assert [wait_before(attempt).seconds for attempt in (1, 2, 3, 4, 5, 6, 9)] == [5, 20, 80, 320, 1280, 3600, 3600]


def test_who_knows_when_to_try_again_says_so(inside: Flask, make: Factory) -> None:
    morning = now() + timedelta(hours=9)
    with kinds(asleep=lambda work: fail_with(TryAgain("closed", morning))):
        number = make.do(enqueue, "asleep", {}, at=now())
        work_off(inside)
        assert (the_job(number).run_at, the_job(number).error) == (morning, "closed")


@pytest.mark.parametrize(("error", "state"), [(GiveUp("no"), JobState.FAILED), (Park("hm"), JobState.PARKED)])
def test_what_cannot_be_done_or_known_is_left_to_people(
    inside: Flask, make: Factory, error: Exception, state: JobState
) -> None:
    with kinds(hopeless=lambda work: fail_with(error)):
        number = make.do(enqueue, "hopeless", {}, at=now())
        work_off(inside)
        left = the_job(number)
        assert (left.state, left.error, left.attempts) == (state, str(error), 1)
        assert make.do(retry_job, number, at=now())
        assert (the_job(number).state, the_job(number).attempts) == (JobState.WAITING, 0)


def test_whoever_lost_the_job_can_write_nothing_more(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        number = make.do(enqueue, "effect", {"number": 5}, at=now())
        paused = taken_up(inside, "effect", number)
        transact(abandon, number)
        assert work_off(inside) == 1
        for late in (paused.write, paused.finish):
            with pytest.raises(Lost):
                late(note_effect, 5)
        with pytest.raises(Lost):
            paused.step(1, 1)
        assert effects() == [5]


def test_what_kills_its_worker_ends_in_the_hands_of_people(inside: Flask, make: Factory) -> None:
    with kinds(killer=lambda work: None):
        number = make.do(enqueue, "killer", {}, at=now())
        for _ in range(5):
            taken_up(inside, "killer", number)
            transact(abandon, number)
        assert transact(claim, "a sixth", ["killer"], at=now()) is None
        dead = the_job(number)
        assert (dead.state, dead.error, dead.attempts) == (JobState.FAILED, WORKER_DIED, 5)


def test_a_living_worker_keeps_its_job(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        number = make.do(enqueue, "effect", {"number": 1}, at=now())
        taken_up(inside, "effect", number)
        assert transact(claim, "greedy", ["effect"], at=now() + LEASE / 2) is None
        assert the_job(number).owner == "another worker"


def test_a_second_job_of_one_name_is_not_made(inside: Flask, make: Factory) -> None:
    with kinds(effect=leave_effect):
        made = [make.do(enqueue_once, "effect", "effect@noon", {"number": 1}, at=now()) for _ in range(3)]
        assert made == [True, False, False]
        assert work_off(inside) == 1
        assert not make.do(enqueue_once, "effect", "effect@noon", {"number": 1}, at=now())


def test_waiting_work_is_cancelled_at_once_and_running_work_at_its_next_step(inside: Flask, make: Factory) -> None:
    def cancel_in_the_middle(work: Work) -> None:
        transact(cancel_job, work.id, at=now())
        work.step(1, 1)
        work.finish(note_effect, 1)

    with kinds(effect=leave_effect, long=cancel_in_the_middle):
        waiting = make.do(enqueue, "effect", {"number": 1}, at=now())
        running = make.do(enqueue, "long", {}, at=now())
        assert make.do(cancel_job, waiting, at=now())
        assert work_off(inside) == 1
        assert effects() == []
        assert {the_job(one).state for one in (waiting, running)} == {JobState.CANCELLED}
        assert not make.do(cancel_job, waiting, at=now())


def test_a_worker_that_is_to_stop_puts_its_job_back_as_it_was(inside: Flask, make: Factory) -> None:
    worker = Worker(inside)

    def stop_in_the_middle(work: Work) -> None:
        worker.stop()
        work.step(1, 3)
        raise AssertionError("it went on")

    with kinds(long=stop_in_the_middle):
        number = make.do(enqueue, "long", {}, at=now())
        worker._work_once(["long"])
        left = the_job(number)
        assert (left.state, left.attempts, left.error) == (JobState.WAITING, 0, "")


def test_time_left_is_told_from_what_was_done(inside: Flask) -> None:
    at = now()
    row = Job(state=JobState.RUNNING, parts=10, parts_done=4, started_at=at - timedelta(seconds=20))
    assert time_left(row, at) == timedelta(seconds=30)
    assert time_left(Job(state=JobState.RUNNING, parts=0, parts_done=0, started_at=at), at) is None
