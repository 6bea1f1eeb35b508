"""What was told in the quiet hours leaves in the morning, unless it does not hold any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.events import announcing, jobs
from app.events.registration import operations
from app.messages.deliveries import not_arrived
from app.messages.models import Delivery, Message
from tests.factories import Factory
from tests.messages.readers import contact, states
from tests.post_office import channels, post_office
from tests.work import work_off

DAY_BEFORE = datetime.fromisoformat("2026-11-24T12:00:00+08:00")
SIX = datetime.fromisoformat("2026-11-25T06:00:00+08:00")
SEVEN, EIGHT, NINE = (SIX + timedelta(hours=number) for number in (1, 2, 3))


@dataclass(frozen=True)
class Guest:
    """Somebody with a place at nine, by ids: the background forgets what it has read."""

    event_id: int
    registration_id: int
    user_id: int


Deed = Callable[[Factory, Guest], object]


def guest_at_nine(make: Factory) -> Guest:
    """Let somebody sign up who wants mail."""
    user = make.user("周建国")
    contact(make, user)
    event = make.event(starts_at=NINE, ends_at=NINE + timedelta(hours=2), closes_at=NINE)
    return Guest(event.id, make.registration(event.slots[0], user=user, at=now()).id, user.id)


def call_off(make: Factory, guest: Guest) -> None:
    """Call the event off."""
    make.do(announcing.cancel_event, guest.event_id, "台风", by=guest.user_id, at=now())


def give_back(make: Factory, guest: Guest) -> None:
    """Give the place back."""
    make.do(operations.cancel, guest.registration_id, by=guest.user_id, at=now())


def put_off(make: Factory, guest: Guest) -> None:
    """Let it begin in the afternoon."""
    make.do(announcing.postpone_event, guest.event_id, NINE + timedelta(hours=4), "大雨", by=guest.user_id, at=now())


def nothing(_make: Factory, _guest: Guest) -> None:
    """Leave everything as it is."""


@pytest.mark.parametrize(
    ("deed", "is_reminded"), [(nothing, True), (call_off, False), (give_back, False), (put_off, False)]
)
def test_a_reminder_of_the_night_is_sent_in_the_morning_only_if_it_holds(
    inside: Flask, make: Factory, deed: Deed, is_reminded: bool
) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        with time_machine.travel(DAY_BEFORE, tick=False):
            guest = guest_at_nine(make)
            work_off(inside)
        with time_machine.travel(SIX, tick=False):
            make.do(enqueue, jobs.REMIND, {}, at=now())
            work_off(inside)
        with time_machine.travel(SEVEN, tick=False):
            deed(make, guest)
            work_off(inside)
        with time_machine.travel(EIGHT + timedelta(minutes=5), tick=False):
            work_off(inside)
    reminder = db.session.scalars(select(Delivery).join(Delivery.message).where(Message.kind == "soon")).one()
    assert (reminder.state == "sent") is is_reminded
    assert not db.session.scalars(select(Delivery).join(Delivery.message).where(not_arrived())).all()


def test_whoever_gave_the_place_back_in_the_night_is_not_told_of_it_in_the_morning(
    inside: Flask, make: Factory
) -> None:
    with post_office() as office, channels(inside, mail_port=office.port):
        with time_machine.travel(SIX, tick=False):
            guest = guest_at_nine(make)
            work_off(inside)
            assert states() == ["waiting"]
            give_back(make, guest)
        with time_machine.travel(EIGHT, tick=False):
            work_off(inside)
    assert (states(), office.letters) == (["failed"], [])
