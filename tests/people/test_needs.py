"""What has to be looked after: sealed, counted without names, gone some time after the event."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.schedules import turns
from app.events.jobs import OLD_NEEDS
from app.events.models import Event, Registration, Slot
from app.events.needs import KEPT_FOR, NeedsCount, count_needs, drop_old_needs, needs_at
from app.events.registration.operations import cancel
from app.people.consents.models import Purpose
from app.people.needs import Diet, Needs, PersonNeeds, needs_of, together, write_needs
from tests.consents import say
from tests.factories import Factory
from tests.work import work_off

ASTHMA = Needs((Diet.HALAL,), "不吃辣", "有哮喘，喷雾在书包里", "")


def written(make: Factory, registration: Registration, needs: Needs = ASTHMA, at: datetime | None = None) -> None:
    """Let whoever signed somebody up write down what has to be looked after."""
    make.do(write_needs, registration.person_id, needs, by=registration.registered_by_id, at=at or now())


def ended(make: Factory, event: Event, ago: timedelta) -> None:
    """Let an event have been over for some time."""

    def end() -> None:
        for table in (Event, Slot):
            mine = table.id == event.id if table is Event else Slot.event_id == event.id
            before = now() - ago
            values: dict[str, Any] = {"starts_at": before - timedelta(hours=2), "ends_at": before}
            if table is Slot:
                values |= {"closes_at": before - timedelta(hours=2), "opens_at": before - timedelta(days=9)}
            db.session.execute(update(table).where(mine).values(values))

    make.do(end)


def people_with_needs() -> set[int]:
    """Return the ids of those of whom something is written down."""
    found = set(db.session.scalars(select(PersonNeeds.person_id)))
    db.session.rollback()
    return found


@pytest.mark.usefixtures("inside")
def test_what_is_written_comes_back_and_takes_the_place_of_what_was_there(make: Factory) -> None:
    registration = make.registration()
    written(make, registration)
    assert needs_of(registration.person_id) == ASTHMA
    written(make, registration, Needs(mobility="坐轮椅"))
    assert needs_of(registration.person_id) == Needs(mobility="坐轮椅")
    assert len(people_with_needs()) == 1


@pytest.mark.usefixtures("inside")
def test_nothing_at_all_leaves_no_row(make: Factory) -> None:
    registration = make.registration()
    written(make, registration)
    written(make, registration, Needs())
    assert people_with_needs() == set()
    assert needs_of(registration.person_id).is_empty


def test_with_another_key_nothing_can_be_read(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    registration = make.registration()
    written(make, registration)
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    assert needs_of(registration.person_id).is_empty


@pytest.mark.usefixtures("inside")
def test_the_kitchen_gets_numbers_of_those_who_come(make: Factory) -> None:
    event = make.event()
    for needs in (ASTHMA, Needs((Diet.HALAL, Diet.NO_NUTS)), Needs(mobility="坐轮椅")):
        written(make, make.registration(event.slots[0]), needs)
    make.registration(event.slots[0])
    gone = make.registration(event.slots[0])
    written(make, gone)
    make.do(cancel, gone.id, by=gone.registered_by_id, at=now())
    counted = count_needs(event.id)
    assert counted == NeedsCount(4, {Diet.HALAL: 2, Diet.NO_NUTS: 1}, food=1, health=1, mobility=1)
    assert count_needs(make.event().id).is_empty


@pytest.mark.usefixtures("inside")
def test_where_a_guardian_said_no_to_such_notes_nobody_at_the_event_reads_or_counts_them(make: Factory) -> None:
    event = make.event()
    yes, no, unasked = (make.registration(event.slots[0], age=15) for _ in range(3))
    for registration in (yes, no, unasked):
        written(make, registration)
    say(make, yes, {Purpose.TAKING_PART: True, Purpose.HEALTH: True})
    say(make, no, {Purpose.TAKING_PART: True, Purpose.HEALTH: False})
    stored = [db.session.get_one(Registration, one.id) for one in (yes, no, unasked)]
    assert [needs_at(one) for one in stored] == [ASTHMA, Needs(), ASTHMA]
    assert count_needs(event.id).diet == {Diet.HALAL: 2}
    assert needs_of(no.person_id) == ASTHMA


@pytest.mark.usefixtures("inside")
def test_they_go_thirty_days_after_the_last_event(make: Factory) -> None:
    long_ago, lately, ahead, never = make.event(), make.event(), make.event(), make.person()
    old, new, coming = (make.registration(event.slots[0]) for event in (long_ago, lately, ahead))
    before = now() - timedelta(days=90)
    for registration in (old, new, coming):
        written(make, registration, at=before)
    make.do(write_needs, never.id, ASTHMA, by=old.registered_by_id, at=before)
    fresh = make.person()
    make.do(write_needs, fresh.id, ASTHMA, by=old.registered_by_id, at=now())
    ended(make, long_ago, KEPT_FOR + timedelta(hours=1))
    ended(make, lately, KEPT_FOR - timedelta(hours=1))
    assert make.do(drop_old_needs, at=now()) == 2
    assert people_with_needs() == {new.person_id, coming.person_id, fresh.id}
    assert make.do(drop_old_needs, at=now()) == 0


def test_the_night_does_it_by_itself(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    written(make, registration, at=now() - timedelta(days=90))
    make.do(cancel, registration.id, by=registration.registered_by_id, at=now())
    at_night = datetime.fromisoformat("2026-11-23T03:41:00+08:00")
    assert OLD_NEEDS in {kind for kind, _name in turns(at_night)}
    make.do(enqueue, OLD_NEEDS, {}, at=now())
    work_off(inside)
    assert people_with_needs() == set()


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.usefixtures("inside")
def test_of_somebody_written_down_twice_nothing_is_lost() -> None:
    other = Needs((Diet.NO_NUTS,), "不吃辣", "对青霉素过敏", "走不远")
    both = Needs((Diet.HALAL, Diet.NO_NUTS), "不吃辣", "有哮喘，喷雾在书包里\n对青霉素过敏", "走不远")
    assert together(ASTHMA, other) == both
    assert together(both, both) == both
