"""Reminders: days and hours before, once each, anew when the time changes, never to whoever knows anyway."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.jobs import enqueue
from app.events import announcing, jobs, planning, reminders
from app.events.models import Event, Registration
from app.events.plans import plan_of
from app.events.registration import operations
from app.messages import plans
from app.messages.models import MessageKind
from tests.factories import Factory
from tests.letters import letters
from tests.work import work_off

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REMINDER, SOON = MessageKind.REMINDER, MessageKind.SOON


@pytest.fixture
def event(make: Factory) -> Event:
    """An event in ten days."""
    begins = now() + 10 * DAY
    return make.event(starts_at=begins, ends_at=begins + 2 * HOUR, closes_at=begins)


@pytest.fixture
def guest(make: Factory, event: Event) -> Registration:
    """Somebody who signed up early."""
    return make.registration(event.slots[0])


def remind(make: Factory, at: datetime) -> int:
    """Do what the background does at a moment; returns how many were reminded."""
    count = 0
    for kind in (REMINDER, SOON):
        for slot_id in reminders.slots_to_remind_of(kind, at):
            while told := make.do(reminders.remind, slot_id, kind, at=at):
                count += told
    return count


def reminded(registration: Registration) -> list[str]:
    """Return the kinds of the reminders somebody got."""
    return [str(message.kind) for message in letters(registration.person_id, REMINDER, SOON)]


def plan(make: Factory, event: Event, **wishes: int) -> None:
    """Let the host have another plan."""
    make.do(plans.change_plan, event.host_id, plans.Plan(**wishes), by=make.user().id, at=now())  # type: ignore[arg-type]


def test_somebody_is_reminded_days_before_and_hours_before_and_once_each(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    assert remind(make, event.starts_at - 3 * DAY - HOUR) == 0
    assert [remind(make, event.starts_at - 3 * DAY + HOUR) for _ in range(2)] == [1, 0]
    assert [remind(make, event.starts_at - 3 * HOUR) for _ in range(2)] == [1, 0]
    assert remind(make, event.starts_at + HOUR) == 0
    assert reminded(guest) == ["reminder", "soon"]


def test_the_host_says_when(inside: Flask, make: Factory, event: Event, guest: Registration) -> None:
    plan(make, event, days_before=7, hours_before=0)
    assert remind(make, event.starts_at - 7 * DAY) == 1
    assert remind(make, event.starts_at - HOUR) == 0
    plan(make, event, days_before=0, hours_before=2)
    assert remind(make, event.starts_at - 3 * DAY) == 0
    assert remind(make, event.starts_at - 2 * HOUR) == 1


def test_whoever_signed_up_after_the_moment_knows_anyway(inside: Flask, make: Factory, event: Event) -> None:
    late = make.registration(event.slots[0], at=event.starts_at - 2 * DAY)
    assert remind(make, event.starts_at - 2 * DAY - HOUR) == 0
    assert remind(make, event.starts_at - 3 * HOUR) == 1
    assert reminded(late) == ["soon"]


def test_after_another_time_everybody_is_reminded_anew(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    first = event.starts_at
    remind(make, first - 3 * DAY)
    begins = first + 7 * DAY
    make.do(announcing.postpone_event, event.id, begins, "台风", by=make.user().id, at=first - 2 * DAY)
    assert remind(make, first - 3 * HOUR) == 0
    assert remind(make, begins - 3 * DAY) == 1
    assert reminded(guest) == ["reminder", "reminder"]


def test_whoever_was_told_of_another_time_just_now_is_not_reminded_of_it_too(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    at = event.starts_at - 5 * DAY
    make.do(announcing.postpone_event, event.id, at + 2 * DAY + HOUR, "提前了", by=make.user().id, at=at)
    assert remind(make, at + HOUR) == 0


def test_a_slot_that_is_moved_by_hand_silences_its_own_reminder_alone(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    plan = plan_of(event.slots[0])
    other = make.registration(make.slot(event, **asdict(plan)))
    moved = replace(plan, starts_at=plan.starts_at - HOUR)
    make.do(planning.edit_slot, event.slots[0].id, moved, by=make.user().id, at=plan.starts_at - 3 * DAY)
    assert remind(make, plan.starts_at - 3 * DAY + HOUR) == 1
    assert (reminded(guest), reminded(other)) == ([], ["reminder"])


def test_a_reminder_that_was_slept_through_comes_within_a_day_or_not_at_all(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    assert remind(make, event.starts_at - 3 * DAY + 25 * HOUR) == 0
    assert remind(make, event.starts_at - 3 * DAY + 23 * HOUR) == 1


def test_only_those_are_reminded_who_are_to_come(inside: Flask, make: Factory, event: Event) -> None:
    child = make.registration(event.slots[0], age=11)
    gone = make.registration(event.slots[0])
    make.do(operations.cancel, gone.id, by=gone.registered_by_id, at=now())
    assert remind(make, event.starts_at - 3 * DAY) == 0
    assert reminded(child) == reminded(gone) == []


def test_nobody_is_reminded_of_what_was_called_off(
    inside: Flask, make: Factory, event: Event, guest: Registration
) -> None:
    make.do(announcing.cancel_event, event.id, "台风", by=make.user().id, at=now())
    assert remind(make, event.starts_at - 3 * DAY) == 0
    found_before = event.slots[0].id
    assert make.do(reminders.remind, found_before, REMINDER, at=event.starts_at - 3 * DAY) == 0


def test_a_crowd_is_reminded_in_batches(
    inside: Flask, make: Factory, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BATCH", 2)
    guests = [make.registration(event.slots[0]) for _ in range(5)]
    slot_id, at = event.slots[0].id, event.starts_at - 3 * DAY
    assert [make.do(reminders.remind, slot_id, REMINDER, at=at) for _ in range(4)] == [2, 2, 1, 0]
    assert all(reminded(guest) == ["reminder"] for guest in guests)


def test_the_background_does_it_by_itself(inside: Flask, make: Factory) -> None:
    begins = now() + 3 * DAY - HOUR
    event = make.event(starts_at=begins, ends_at=begins + HOUR)
    person = make.registration(event.slots[0], at=now() - DAY).person_id
    make.do(enqueue, jobs.REMIND, {}, at=now())
    assert work_off(inside) == 1
    assert [str(message.kind) for message in letters(person)] == ["registered", "reminder"]
