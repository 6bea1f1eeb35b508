"""Sending by e-mail: what a mail server may do to us, and what becomes of a letter then."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.job_words import error_of, state_of
from app.core.jobs import Job
from app.messages.delivering import SEND
from app.messages.troubles import trouble_words
from tests.factories import Factory
from tests.messages.readers import ADDRESS, NOON, deliveries, reader, states, told
from tests.post_office import channels, nobody, post_office, silence
from tests.work import work_off


def after(wait: timedelta, app: Flask) -> None:
    """Let the workers go on after a while."""
    with time_machine.travel(now() + wait, tick=False):
        work_off(app)


def said_of_the_job() -> tuple[str, str | None]:
    """Return how the job that sends stands, and why, as the page of jobs says it."""
    row = db.session.scalars(select(Job).where(Job.kind == SEND)).one()
    return str(state_of(row)[0]), error_of(row)


def test_without_a_channel_nothing_is_to_be_done(inside: Flask, make: Factory) -> None:
    told(make, reader(make))
    assert work_off(inside) == 0
    assert states() == []


@time_machine.travel(NOON, tick=False)
def test_a_message_goes_to_the_address_of_whoever_acts_for_its_person(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        told(make, reader(make))
        work_off(inside)
        assert (states(), office.recipients) == (["sent"], [ADDRESS])
        assert work_off(inside) == 0
    (one,) = deliveries()
    assert (one.attempts, one.sent_at, one.error, one.provider_id) == (1, now(), "", "2.0.0 queued as 1234")


@time_machine.travel(NOON, tick=False)
def test_one_bad_address_does_not_stop_the_others(inside: Flask, make: Factory) -> None:
    readers = [reader(make, f"r{number}@example.cn") for number in range(8)]
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_recipient = {"r2@example.cn": "550 5.1.1 no such user", "r5@example.cn": "552 5.2.2 mailbox full"}
        told(make, *readers)
        work_off(inside)
    assert states() == ["sent", "sent", "failed", "sent", "sent", "failed", "sent", "sent"]
    assert [trouble_words(one) for one in deliveries() if one.error] == ["这个号码或邮箱不存在。", "对方的邮箱满了。"]
    assert len(office.letters) == 6


@time_machine.travel(NOON, tick=False)
def test_whoever_says_later_is_asked_again_later_five_times(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_recipient = {ADDRESS: "450 4.2.1 greylisted"}
        told(make, reader(make))
        work_off(inside)
        (one,) = deliveries()
        assert (one.state, one.attempts) == ("waiting", 1)
        assert said_of_the_job() == ("稍后再试", "对方让我们晚些再发。")
        after(timedelta(seconds=59), inside)
        assert deliveries()[0].attempts == 1
        for minutes in (1, 6, 60, 180):
            after(timedelta(minutes=minutes), inside)
        (one,) = deliveries()
    assert (one.state, one.attempts, office.letters) == ("failed", 5, [])


@time_machine.travel(NOON, tick=False)
def test_what_was_put_off_arrives_when_the_server_takes_it(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_end = ["451 4.3.0 try again", "554 5.6.0 unwanted"]
        told(make, reader(make))
        told(make, reader(make, "other@example.cn"))
        work_off(inside)
        assert states() == ["waiting", "failed"]
        after(timedelta(minutes=2), inside)
        assert (states(), office.recipients) == (["sent", "failed"], [ADDRESS])


@time_machine.travel(NOON, tick=False)
def test_an_outage_is_told_by_the_job_until_it_is_over(inside: Flask, make: Factory) -> None:
    with nobody() as port, channels(inside, mail_port=port):
        told(make, reader(make))
        work_off(inside)
    assert said_of_the_job() == ("稍后再试", "发送服务连不上。")
    with post_office() as office, channels(inside, mail_port=office.port):
        after(timedelta(minutes=2), inside)
    assert said_of_the_job() == ("完成", None)


@time_machine.travel(NOON, tick=False)
def test_a_line_that_breaks_after_the_letter_leaves_it_to_a_person_and_the_rest_goes_on(
    inside: Flask, make: Factory
) -> None:
    readers = [reader(make, f"r{number}@example.cn") for number in range(7)]
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_end = ["", "hang up"]
        told(make, *readers)
        work_off(inside)
        assert states() == ["sent", "parked", *["sent"] * 5]
        assert office.recipients == [f"r{number}@example.cn" for number in range(7)]


@time_machine.travel(NOON, tick=False)
def test_a_server_that_hangs_up_before_the_letter_gets_it_later(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_recipient = {ADDRESS: "hang up"}
        told(make, reader(make))
        work_off(inside)
        assert states() == ["waiting"]
        office.at_recipient = {}
        after(timedelta(minutes=2), inside)
        assert (states(), len(office.letters)) == (["sent"], 1)


@time_machine.travel(NOON, tick=False)
def test_nobody_else_waits_for_a_server_that_has_just_hung(inside: Flask, make: Factory) -> None:
    with silence() as port, channels(inside, mail_port=port, timeout=0.2):
        for number in range(3):
            told(make, reader(make, f"r{number}@example.cn"))
        work_off(inside)
        assert (states(), sorted(one.attempts for one in deliveries())) == (["waiting"] * 3, [0, 0, 1])


@time_machine.travel(NOON, tick=False)
def test_a_server_that_is_not_there_is_asked_five_times(inside: Flask, make: Factory) -> None:
    with nobody() as port, channels(inside, mail_port=port):
        told(make, reader(make))
        work_off(inside)
        for hours in range(1, 7):
            after(timedelta(hours=hours), inside)
    (one,) = deliveries()
    assert (one.state, one.attempts) == ("failed", 5)


@time_machine.travel(NOON, tick=False)
def test_one_job_does_all_rounds_so_that_an_outage_makes_no_rows(inside: Flask, make: Factory) -> None:
    with nobody() as port, channels(inside, mail_port=port):
        told(make, reader(make))
        for minutes in range(0, 120, 5):
            after(timedelta(minutes=minutes), inside)
    assert [row.kind for row in db.session.scalars(select(Job).order_by(Job.id))] == [
        "messages.deliver",
        "messages.send",
    ]
