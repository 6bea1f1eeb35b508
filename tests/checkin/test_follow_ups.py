"""Afterwards: thanks to those who came, and a question to those who did not, where the host wants it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.checkin import follow_ups, jobs
from app.core.clock import now
from app.core.jobs import enqueue
from app.events import announcing
from app.events.models import Event, Registration
from app.messages import plans
from app.messages.models import MessageKind
from tests.factories import Factory
from tests.letters import letters
from tests.work import work_off

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THANKS, NO_SHOW = MessageKind.THANKS, MessageKind.NO_SHOW


@pytest.fixture
def event(make: Factory) -> Event:
    """An event that is going on, of a host that asks after those who did not come."""
    event = make.going_on()
    plan = plans.Plan(asks_after_no_shows=True)
    make.do(plans.change_plan, event.host_id, plan, by=make.user().id, at=now())
    return event


def follow_up(make: Factory, at: datetime) -> int:
    """Do what the background does at a moment; returns how many were told."""
    count = 0
    for kind in (THANKS, NO_SHOW):
        for slot_id in follow_ups.slots_to_follow_up(kind, at):
            while told := make.do(follow_ups.follow_up, slot_id, kind, at=at):
                count += told
    return count


def told(registration: Registration) -> list[str]:
    """Return the kinds of what somebody was told afterwards."""
    return [str(message.kind) for message in letters(registration.person_id, THANKS, NO_SHOW)]


def test_those_who_came_are_thanked_and_those_who_did_not_are_asked_once(
    inside: Flask, make: Factory, event: Event
) -> None:
    came, absent = make.registration(event.slots[0]), make.registration(event.slots[0])
    make.arrival(came)
    assert follow_up(make, event.ends_at - HOUR) == 0
    assert [follow_up(make, event.ends_at + HOUR) for _ in range(2)] == [1, 0]
    assert (told(came), told(absent)) == (["thanks"], [])
    assert [follow_up(make, event.ends_at + DAY + HOUR) for _ in range(2)] == [1, 0]
    assert (told(came), told(absent)) == (["thanks"], ["no_show"])


def test_nobody_is_asked_where_nothing_was_recorded(inside: Flask, make: Factory, event: Event) -> None:
    absent = make.registration(event.slots[0])
    follow_up(make, event.ends_at + DAY + HOUR)
    assert told(absent) == []


def test_no_child_is_asked(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0]))
    child = make.registration(event.slots[0], age=11)
    follow_up(make, event.ends_at + DAY + HOUR)
    assert told(child) == []


def test_a_host_that_said_nothing_thanks_and_does_not_ask(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    came, absent = make.registration(event.slots[0]), make.registration(event.slots[0])
    make.arrival(came)
    for later in (HOUR, DAY + HOUR):
        follow_up(make, event.ends_at + later)
    assert (told(came), told(absent)) == (["thanks"], [])


def test_a_host_may_leave_it_all(inside: Flask, make: Factory, event: Event) -> None:
    plan = plans.Plan(sends_thanks=False, asks_after_no_shows=False)
    make.do(plans.change_plan, event.host_id, plan, by=make.user().id, at=now())
    came, absent = make.registration(event.slots[0]), make.registration(event.slots[0])
    make.arrival(came)
    for later in (HOUR, DAY + HOUR):
        follow_up(make, event.ends_at + later)
    assert (told(came), told(absent)) == ([], [])


def test_what_was_called_off_is_over_without_a_word(inside: Flask, make: Factory, event: Event) -> None:
    came = make.registration(event.slots[0])
    make.arrival(came)
    make.do(announcing.cancel_event, event.id, "停电", by=make.user().id, at=now())
    assert follow_up(make, event.ends_at + HOUR) == 0


def test_days_later_nobody_is_told_any_more(inside: Flask, make: Factory, event: Event) -> None:
    make.arrival(make.registration(event.slots[0]))
    make.registration(event.slots[0])
    assert follow_up(make, event.ends_at + 3 * DAY) == 0


def test_the_background_does_it_by_itself(inside: Flask, make: Factory) -> None:
    ends = now() - timedelta(minutes=1)
    slot = make.slot(starts_at=ends - 2 * HOUR, ends_at=ends, closes_at=ends)
    came = make.registration(slot, at=ends - HOUR)
    person = came.person_id
    make.arrival(came, ends - HOUR)
    make.do(enqueue, jobs.FOLLOW_UP, {}, at=now())
    assert work_off(inside) == 1
    assert [str(message.kind) for message in letters(person)] == ["registered", "thanks"]
