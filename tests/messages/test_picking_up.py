"""Deliveries whose job is dead: they are picked up by themselves, and never sent twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import ATTEMPTS, Job, JobState, enqueue
from app.core.schedules import turns
from app.core.stopping import cancel_job, retry_job, stop_everything
from app.messages import deliveries as desk
from app.messages.delivering import SEND, SEND_MANY
from app.messages.models import DeliveryState
from app.messages.outcomes import note_and_begin
from app.messages.picking_up import HANDED_ON, PICK_UP, dead_jobs, pick_up
from app.messages.troubles import trouble_words
from tests.factories import Factory
from tests.messages.readers import NOON, deliveries, reader, states, told
from tests.messages.test_deliveries import write_all_down
from tests.post_office import PostOffice, channels, post_office
from tests.work import the_job, work_off

pytestmark = pytest.mark.usefixtures("_noon")


@pytest.fixture
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office(inside: Flask) -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with post_office() as office, channels(inside, mail_port=office.port):
        yield office


def written_down(make: Factory, people: int = 1) -> int:
    """Let some people's letters wait for a job; return its id."""
    told(make, *(reader(make, f"r{number}@example.cn") for number in range(people)))
    write_all_down()
    return last_job()


def last_job() -> int:
    """Return the job that was made last to send something."""
    sending = select(Job.id).where(Job.kind.in_((SEND, SEND_MANY)))
    return db.session.scalars(sending.order_by(Job.id.desc())).first() or 0


def ended(job_id: int, state: JobState = JobState.FAILED) -> None:
    """Let a job be over, in whatever way; an operation."""
    over = {"state": state, "owner": None, "lease_until": None, "finished_at": now()}
    db.session.execute(update(Job).where(Job.id == job_id).values(over))


def a_round(app: Flask) -> None:
    """Let the schedule come round, and everything be done that comes of it."""
    transact(enqueue, PICK_UP, {}, at=now())
    work_off(app)


def test_what_a_dead_job_left_behind_is_sent_by_the_next_round(
    inside: Flask, make: Factory, office: PostOffice
) -> None:
    job_id = written_down(make, people=7)
    sent = deliveries()[0].id
    make.do(_mark, sent, DeliveryState.SENT)
    make.do(ended, job_id)
    a_round(inside)
    assert states() == ["sent"] * 7
    assert sorted(office.recipients) == [f"r{number}@example.cn" for number in range(1, 7)]
    a_round(inside)
    assert len(office.letters) == 6


def _mark(delivery_id: int, state: DeliveryState) -> None:
    (one,) = (one for one in deliveries() if one.id == delivery_id)
    one.state = state


def test_what_was_just_being_sent_waits_for_a_person(inside: Flask, make: Factory, office: PostOffice) -> None:
    job_id = written_down(make)
    assert make.do(note_and_begin, [], deliveries()[0].id, job_id)
    make.do(ended, job_id)
    a_round(inside)
    assert (states(), office.letters) == (["parked"], [])


def test_a_job_that_lives_keeps_what_it_has(inside: Flask, make: Factory, office: PostOffice) -> None:
    job_id = written_down(make)
    assert dead_jobs() == []
    assert make.do(pick_up, job_id, at=now()) == 0
    assert (deliveries()[0].job_id, deliveries()[0].attempts) == (job_id, 0)
    a_round(inside)
    assert len(office.letters) == 1


def test_a_job_taken_up_again_before_the_round_sends_it_and_nobody_else(
    inside: Flask, make: Factory, office: PostOffice
) -> None:
    job_id = written_down(make)
    make.do(ended, job_id)
    assert dead_jobs() == [job_id]
    assert make.do(retry_job, job_id, at=now())
    assert make.do(pick_up, job_id, at=now()) == 0
    a_round(inside)
    assert (states(), len(office.letters)) == (["sent"], 1)


def test_a_job_taken_up_again_after_the_round_finds_nothing_to_send(
    inside: Flask, make: Factory, office: PostOffice
) -> None:
    job_id = written_down(make)
    make.do(ended, job_id)
    for _twice in range(2):
        make.do(pick_up, job_id, at=now())
    assert make.do(retry_job, job_id, at=now())
    work_off(inside)
    assert (the_job(job_id).state, states(), len(office.letters)) == (JobState.DONE, ["sent"], 1)


def test_what_kills_every_job_ends_and_those_beside_it_arrive(inside: Flask, make: Factory, office: PostOffice) -> None:
    written_down(make, people=30)
    deadly = deliveries()[11].id
    for _round in range(ATTEMPTS):
        make.do(ended, deliveries()[11].job_id)
        for job_id in dead_jobs():
            make.do(pick_up, job_id, at=now())
        make.do(ended, deliveries()[11].job_id)  # before anybody else can have it
        work_off(inside)
    assert [one.id for one in deliveries() if one.state != "sent"] == [deadly]
    assert trouble_words(deliveries()[11]) == "我们这边出了点问题。"
    assert len(office.letters) == 29


def test_the_dead_job_says_that_others_go_on_and_one_whose_letters_failed_stays_dead(
    inside: Flask, make: Factory, office: PostOffice
) -> None:
    first = written_down(make)
    for _death in range(ATTEMPTS):
        make.do(ended, last_job())
        make.do(pick_up, last_job(), at=now())
    assert (the_job(first).state, the_job(first).error) == (JobState.CANCELLED, HANDED_ON)
    assert the_job(last_job()).state is JobState.FAILED
    assert (states(), dead_jobs(), office.letters) == (["failed"], [], [])
    make.do(retry_job, last_job(), at=now())
    work_off(inside)
    assert (states(), len(office.letters)) == (["sent"], 1)


def test_the_round_comes_by_itself(inside: Flask) -> None:
    assert inside
    assert PICK_UP in dict(turns(now()))


def test_what_a_person_stopped_rests_says_so_and_goes_on_when_a_person_wants_it(
    inside: Flask, make: Factory, office: PostOffice
) -> None:
    job_id = written_down(make, people=2)
    make.do(cancel_job, job_id, at=now())
    a_round(inside)
    assert states() == ["failed"] * 2
    assert trouble_words(deliveries()[0]) == "有人在轮到它之前停了发送。"
    make.do(desk.send_again, deliveries()[0].id, at=now())
    make.do(retry_job, job_id, at=now())
    work_off(inside)
    assert (states(), sorted(office.recipients)) == (["sent"] * 2, ["r0@example.cn", "r1@example.cn"])


def test_after_a_restore_nothing_leaves_the_house_by_itself(inside: Flask, make: Factory, office: PostOffice) -> None:
    written_down(make)
    make.do(stop_everything, at=now())
    a_round(inside)
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        a_round(inside)
    assert (states(), office.letters) == (["failed"], [])
