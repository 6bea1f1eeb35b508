"""What did not arrive: who is shown it, and what a person can do about it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import KINDS, Job
from app.core.tidying import drop_old_jobs
from app.messages import contacts, deliveries, letters
from app.messages.delivering import deliveries_wanted, write_down
from app.messages.models import Channel, Message, MessageKind
from app.messages.problems import NotToBeSentAgain
from app.messages.sending import tell
from app.people.models import ActsFor, Relation
from tests.factories import Factory
from tests.messages.readers import NOON, contact, news, reader, states, told
from tests.messages.readers import deliveries as all_deliveries
from tests.post_office import channels, post_office
from tests.work import work_off


def write_all_down() -> None:
    """Decide who gets what, and send nothing yet."""
    transact(write_down, deliveries_wanted(list(db.session.scalars(select(Message.id))), at=now()), at=now())


@time_machine.travel(NOON, tick=False)
def test_sent_again_by_a_person_it_goes_out_once_more(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_end = ["hang up"]
        told(make, reader(make))
        work_off(inside)
        assert states() == ["parked"]
        (one,) = all_deliveries()
        make.do(deliveries.send_again, one.id, at=now())
        with pytest.raises(NotToBeSentAgain):
            make.do(deliveries.send_again, one.id, at=now())
        with time_machine.travel(now() + timedelta(minutes=1), tick=False):
            work_off(inside)
            assert work_off(inside) == 0
        assert (states(), len(office.letters)) == (["sent"], 2)
        assert len({letter["Message-ID"] for letter in office.letters}) == 1


@time_machine.travel(NOON, tick=False)
def test_what_was_sent_stays_when_its_job_goes_after_thirty_days(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        told(make, reader(make))
        work_off(inside)
    assert make.do(drop_old_jobs, now() + timedelta(days=1)) == 2
    assert states() == ["sent"]


@time_machine.travel(NOON, tick=False)
def test_noted_as_sent_it_never_goes_out_again(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        office.at_end = ["hang up"]
        told(make, reader(make))
        work_off(inside)
        (one,) = all_deliveries()
        for _twice in range(2):
            make.do(deliveries.note_sent, one.id, at=now())
        assert (states(), all_deliveries()[0].error) == (["sent"], "")
        with pytest.raises(NotToBeSentAgain):
            make.do(deliveries.send_again, one.id, at=now())
        assert work_off(inside) == 0


@time_machine.travel(NOON, tick=False)
def test_an_address_that_was_switched_off_meanwhile_gets_nothing(inside: Flask, make: Factory) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        told(make, reader(make))
        told(make, reader(make, "other@example.cn"))
        write_all_down()
        user_id = all_deliveries()[0].user_id
        transact(contacts.switch_off, user_id, Channel.EMAIL)
        work_off(inside)
        assert (states(), office.recipients) == (["failed", "sent"], ["other@example.cn"])
        with pytest.raises(NotToBeSentAgain):
            make.do(deliveries.send_again, all_deliveries()[0].id, at=now())


@time_machine.travel(NOON, tick=False)
def test_a_message_taken_up_twice_makes_no_second_delivery(inside: Flask, make: Factory) -> None:
    with channels(inside, mail_port=1):
        told(make, reader(make))
        write_all_down()
        write_all_down()
    assert len(states()) == 1


@time_machine.travel(NOON, tick=False)
def test_both_parents_get_it_and_one_address_gets_it_once(inside: Flask, make: Factory) -> None:
    both = reader(make, "mother@example.cn")
    father, same = make.user("父亲"), make.user("外公")
    for user, address in ((father, "father@example.cn"), (same, "mother@example.cn")):
        contact(make, user, address)
        make.do(_acts_for, user, both.person_id)
    with channels(inside, mail_port=1):
        told(make, both)
        write_all_down()
    assert [one.address for one in all_deliveries()] == ["mother@example.cn", "father@example.cn"]


def _acts_for(user: User, person_id: int) -> None:
    db.session.add(ActsFor(user_id=user.id, person_id=person_id, relation=Relation.CHILD, since=now()))


def test_a_reminder_that_would_come_after_the_beginning_is_not_sent(inside: Flask, make: Factory) -> None:
    with channels(inside, mail_port=1), time_machine.travel("2026-11-25T04:00:00+08:00", tick=False):
        for begins in ("2026-11-25T07:30:00+08:00", "2026-11-25T09:00:00+08:00"):
            what = news(make, MessageKind.SOON)
            what.facts["starts_at"] = begins  # type: ignore[index]
            make.do(tell, what, reader(make, f"r{begins[12:13]}@example.cn"), at=now())
        write_all_down()
    assert [one.address for one in all_deliveries()] == ["r9@example.cn"]


@time_machine.travel(NOON, tick=False)
def test_a_kind_that_no_template_was_approved_for_is_not_sent_by_sms(inside: Flask, make: Factory) -> None:
    with channels(inside, sms="tencent"):
        told(make, reader(make, "13712345678", Channel.SMS))
        work_off(inside)
    assert states() == []


@time_machine.travel(NOON, tick=False)
def test_a_message_that_cannot_be_written_stops_no_other(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, broken = reader(make, "a@example.cn"), reader(make, "broken@example.cn")
    words = letters.worded

    def fragile(message: Message, language: str) -> object:
        if message.person_id == broken.person_id:
            raise KeyError("starts_at")
        return words(message, language)

    monkeypatch.setattr(letters, "worded", fragile)
    with post_office() as office, channels(inside, mail_port=office.port):
        told(make, first, broken, reader(make, "b@example.cn"))
        work_off(inside)
    assert (states(), office.recipients) == (["sent", "failed", "sent"], ["a@example.cn", "b@example.cn"])


@time_machine.travel(NOON, tick=False)
def test_many_go_by_the_lane_of_long_work_and_what_is_urgent_does_not(inside: Flask, make: Factory) -> None:
    with channels(inside, mail_port=1):
        readers = [reader(make, f"r{number}@example.cn") for number in range(7)]
        told(make, *readers)
        told(make, *readers, is_urgent=True)
        write_all_down()
    kinds = db.session.execute(select(Job.kind, Job.urgency).where(Job.kind != "messages.deliver").order_by(Job.id))
    assert [(KINDS[kind].is_long, urgency) for kind, urgency in kinds] == [(True, 2), (False, 0)]
