"""Whoever has a place is told: what it is, what changed, what was called off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import transact
from app.events import announcing, planning
from app.events.models import Event, Registration
from app.events.plans import EventWords, plan_of, words_of
from app.events.problems import SlotFull
from app.events.registration import operations
from app.messages.models import MessageKind
from tests.counting import statements
from tests.factories import Factory
from tests.letters import letters, said

DAY = timedelta(days=1)
CHANGED, RAIN = MessageKind.CHANGED, MessageKind.RAIN_PLAN
Act = Callable[[Factory, Event], object]


def act(
    make: Factory, operation: Callable[..., object], row_id: int, *said: object, at: datetime | None = None
) -> None:
    """Do something as the host's staff."""
    make.do(operation, row_id, *said, by=make.user().id, at=at or now())


def reworded(event: Event, **words: Any) -> EventWords:
    """Return an event's words with some others."""
    return replace(words_of(event), **words)


def kinds(registration: Registration) -> list[str]:
    """Return the kinds of what somebody was told, the first one first."""
    return [str(message.kind) for message in letters(registration.person_id)]


def test_a_sign_up_is_told_with_time_and_place(inside: Flask, make: Factory) -> None:
    registration = make.registration(make.slot(place="三楼"))
    (message,) = letters(registration.person_id)
    assert (message.kind, message.registration_id) == (MessageKind.REGISTERED, registration.id)
    assert (message.event_id, message.organisation_id) == (
        registration.slot.event_id,
        registration.slot.event.host_id,
    )
    assert "地点：三楼" in said(registration.person_id, MessageKind.REGISTERED).body


def test_of_a_childs_held_place_it_is_told_what_is_missing(inside: Flask, make: Factory) -> None:
    child = make.registration(age=11, name="何晨")
    assert kinds(child) == ["consent_asked"]
    body = said(child.person_id, MessageKind.CONSENT_ASKED).body
    assert "已给何晨占好名额" in body
    assert "苏老师" in body


def test_signing_up_twice_is_told_once_and_being_refused_not_at_all(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(capacity=1), make.user()
    registration = make.registration(slot, user=user)
    make.do(operations.register, registration.person_id, slot.id, by=user.id, at=now())
    assert kinds(registration) == ["registered"]
    late = make.person(user, name="陈思远")
    with pytest.raises(SlotFull):
        make.do(operations.register, late.id, slot.id, by=user.id, at=now())
    assert list(letters(late.id)) == []


def test_a_sign_up_costs_one_statement_more_for_its_message(app: Flask, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    person = make.person(user)
    with app.app_context(), statements(app) as collected:
        transact(operations.register, person.id, slot.id, by=user.id, at=now())
    asked = [one.split()[0] for one in collected if not one.startswith(("BEGIN", "PRAGMA"))]
    assert asked == ["SELECT", "INSERT", "INSERT", "UPDATE"]


def postpone(make: Factory, event: Event) -> None:
    act(make, announcing.postpone_event, event.id, event.starts_at + DAY, "台风")


def postpone_slot(make: Factory, event: Event) -> None:
    act(make, announcing.postpone_slot, event.slots[0].id, event.starts_at + DAY, "台风")


def move_slot(make: Factory, event: Event) -> None:
    plan = plan_of(event.slots[0])
    act(make, planning.edit_slot, event.slots[0].id, replace(plan, ends_at=plan.ends_at + timedelta(hours=1)))


@pytest.mark.parametrize("change", [postpone, postpone_slot, move_slot])
def test_another_time_is_told_with_the_time_before(inside: Flask, make: Factory, change: Act) -> None:
    event = make.event()
    registration, held = make.registration(event.slots[0]), make.registration(event.slots[0], age=11)
    change(make, event)
    assert kinds(registration) == ["registered", "changed"]
    assert kinds(held) == ["consent_asked", "changed"]
    assert "原时间：" in said(registration.person_id, CHANGED).body
    assert "原地点：" not in said(registration.person_id, CHANGED).body


def test_another_place_is_told_to_whoever_goes_there(inside: Flask, make: Factory) -> None:
    event = make.event()
    elsewhere = make.slot(event, title="下午场", place="三楼")
    here, there = make.registration(event.slots[0]), make.registration(elsewhere)
    act(make, planning.edit_event, event.id, reworded(event, place="文化馆"))
    assert kinds(there) == ["registered"]
    body = said(here.person_id, CHANGED).body
    assert "地点：文化馆" in body
    assert "原地点：古镇游客中心" in body
    assert "原时间" not in body
    act(make, planning.edit_slot, elsewhere.id, replace(plan_of(elsewhere), place="四楼"))
    assert kinds(there) == ["registered", "changed"]


def test_other_words_more_places_and_a_reason_that_is_mended_are_told_to_nobody(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    act(make, planning.edit_event, event.id, reworded(event, summary="带伞", title="文化日"))
    act(make, planning.edit_slot, event.slots[0].id, replace(plan_of(event.slots[0]), capacity=99))
    act(make, announcing.postpone_event, event.id, event.starts_at, "没有改")
    assert kinds(registration) == ["registered"]


def test_two_changes_within_minutes_are_one_message_and_back_again_none(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration, begins = make.registration(event.slots[0]), event.starts_at
    for days in (1, 2):
        act(make, announcing.postpone_event, event.id, begins + days * DAY, "台风")
    (message,) = letters(registration.person_id, CHANGED)
    assert message.facts["starts_at"] == (begins + 2 * DAY).isoformat()
    assert message.facts["old_starts_at"] == begins.isoformat()
    act(make, announcing.postpone_event, event.id, begins, "台风走了")
    assert kinds(registration) == ["registered"]


def test_rain_is_told_and_that_it_is_over(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    act(make, planning.edit_event, event.id, reworded(event, rain_plan="改到文化馆"))
    for _ in range(2):
        act(make, announcing.begin_rain_plan, event.id)
    assert "改到文化馆" in said(registration.person_id, RAIN).body
    act(make, announcing.end_rain_plan, event.id, at=now() + timedelta(hours=1))
    assert [message.facts["rain_plan"] for message in letters(registration.person_id, RAIN)] == ["改到文化馆", ""]
    act(make, announcing.begin_rain_plan, event.id, at=now() + timedelta(hours=1, minutes=1))
    assert len(letters(registration.person_id, RAIN)) == 1


def test_calling_off_and_taking_that_back_are_urgent_and_told_once(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    for reason in ("台风", "台风红色预警"):
        act(make, announcing.cancel_event, event.id, reason)
    for _ in range(2):
        act(make, announcing.resume_event, event.id)
    told = letters(registration.person_id)
    assert [(str(one.kind), one.is_urgent) for one in told] == [
        ("registered", False),
        ("cancelled", True),
        ("resumed", True),
    ]
    assert "原因：台风" in said(registration.person_id, MessageKind.CANCELLED).body


def test_nobody_is_told_who_gave_the_place_back_or_whose_slot_is_over(inside: Flask, make: Factory) -> None:
    event = make.going_on()
    later = make.slot(event, starts_at=now() + DAY, ends_at=now() + 2 * DAY)
    gone, over = make.registration(later), make.registration(event.slots[0])
    make.do(operations.cancel, gone.id, by=gone.registered_by_id, at=now())
    act(make, announcing.cancel_event, event.id, "停电", at=now() + timedelta(hours=5))
    assert kinds(gone) == kinds(over) == ["registered"]


def test_a_change_of_what_is_called_off_is_not_told(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    act(make, announcing.cancel_event, event.id, "台风")
    move_slot(make, event)
    assert kinds(registration) == ["registered", "cancelled"]
