"""Taking a place in a slot."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.problems import Problem
from app.events import announcing, problems
from app.events.models import Registration, RegistrationState, Slot, SlotForm
from app.events.registration import operations, reasons
from app.events.registration.wishes import SignUp
from app.people.models import Person, Relation
from app.people.operations import Details, Newcomer
from app.people.problems import NotYourPerson
from tests.factories import Factory, born

HOUR = timedelta(hours=1)


def taken(slot_id: int) -> int:
    """Return how many places are counted as taken, read anew."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot_id).taken


def refused(make: Factory, slot: Slot, problem: type[Problem], at: datetime | None = None, age: int = 18) -> Problem:
    """Try to sign somebody up, see it refused and nothing left behind, and return the reason."""
    user = make.user()
    person = make.person(user, age=age)
    before = taken(slot.id)
    with pytest.raises(problem) as caught:
        make.do(operations.register, person.id, slot.id, by=user.id, at=at or now())
    assert db.session.query(Registration).filter_by(person_id=person.id).count() == 0
    assert taken(slot.id) == before
    return caught.value


def test_a_place_is_confirmed_and_counted(inside: Flask, make: Factory) -> None:
    slot = make.slot()
    registration = make.registration(slot, age=18)
    assert registration.state is RegistrationState.CONFIRMED
    assert len(registration.code) == 16
    assert taken(slot.id) == 1


def test_the_same_sign_up_twice_returns_the_first(inside: Flask, make: Factory) -> None:
    user, slot = make.user(), make.slot()
    person = make.person(user)
    first = make.do(operations.register, person.id, slot.id, by=user.id, at=now())
    second = make.do(operations.register, person.id, slot.id, by=user.id, at=now())
    assert second.id == first.id
    assert taken(slot.id) == 1


def test_a_minor_gets_the_place_held(inside: Flask, make: Factory) -> None:
    assert make.registration(age=13).state is RegistrationState.HELD
    assert make.registration(age=17).state is RegistrationState.HELD
    assert make.registration(age=18).state is RegistrationState.CONFIRMED


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 5, 17, 15, 59, 59, tzinfo=UTC), RegistrationState.HELD),
        (datetime(2026, 5, 17, 16, 0, 0, tzinfo=UTC), RegistrationState.CONFIRMED),
    ],
)
def test_somebody_is_eighteen_from_midnight_in_shanghai_on(
    inside: Flask, make: Factory, moment: datetime, state: RegistrationState
) -> None:
    slot = make.slot(
        opens_at=moment - HOUR, closes_at=moment + HOUR, starts_at=moment + HOUR, ends_at=moment + 2 * HOUR
    )
    born_on = datetime(2008, 5, 18, tzinfo=UTC).date()
    assert make.registration(slot, born_on=born_on, at=moment).state is state


def test_a_full_slot_refuses_and_leaves_nothing_behind(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    refused(make, slot, problems.SlotFull)


def test_the_last_place_is_counted_even_if_the_look_before_came_too_early(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    monkeypatch.setattr(reasons, "why_closed", lambda *_args, **_named: None)
    refused(make, slot, problems.SlotFull)


def test_too_young_and_too_old_are_told_the_age_that_it_is_for(inside: Flask, make: Factory) -> None:
    slot = make.slot(min_age=10, max_age=18)
    assert refused(make, slot, problems.TooYoung, age=9).facts["youngest"] == 10
    assert refused(make, slot, problems.TooOld, age=19).facts["oldest"] == 18
    for age in (10, 18):
        make.registration(slot, age=age)
    assert taken(slot.id) == 2


def test_a_shift_takes_nobody_under_fourteen_alone(inside: Flask, make: Factory) -> None:
    slot = make.slot(form=SlotForm.SHIFT, min_age=10)
    refused(make, slot, problems.NeedsAdult, age=13)
    assert make.registration(slot, age=14).state is RegistrationState.HELD


def test_before_the_window_and_after_it_there_are_no_places(inside: Flask, make: Factory) -> None:
    at = now()
    slot = make.slot(opens_at=at, closes_at=at + HOUR)
    refused(make, slot, problems.NotOpenYet, at=at - timedelta(seconds=1))
    refused(make, slot, problems.SignUpClosed, at=at + HOUR)
    for moment in (at, at + HOUR - timedelta(seconds=1)):
        make.registration(slot, at=moment)
    assert taken(slot.id) == 2


def test_what_is_over_takes_nobody(inside: Flask, make: Factory) -> None:
    slot = make.going_on().slots[0]
    refused(make, slot, problems.SlotOver, at=slot.ends_at)


def test_a_draft_takes_nobody(inside: Flask, make: Factory) -> None:
    refused(make, make.event(is_published=False).slots[0], problems.NotPublished)


def test_a_cancelled_event_takes_nobody_until_it_is_resumed(inside: Flask, make: Factory) -> None:
    event = make.event()
    slot = event.slots[0]
    make.do(announcing.cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    refused(make, slot, problems.EventCancelled)
    make.do(announcing.resume_event, event.id, by=event.created_by_id, at=now())
    make.registration(slot)
    assert taken(slot.id) == 1


def test_nobody_signs_up_somebody_elses_child(inside: Flask, make: Factory) -> None:
    slot, stranger = make.slot(), make.user()
    person = make.person(make.user())
    with pytest.raises(NotYourPerson):
        make.do(operations.register, person.id, slot.id, by=stranger.id, at=now())
    assert taken(slot.id) == 0


def test_a_stranger_is_not_told_whether_somebody_has_a_place(inside: Flask, make: Factory) -> None:
    registration, stranger = make.registration(), make.user()
    with pytest.raises(NotYourPerson):
        make.do(operations.register, registration.person_id, registration.slot_id, by=stranger.id, at=now())


def test_one_person_may_take_part_in_several_slots(inside: Flask, make: Factory) -> None:
    event, user = make.event(), make.user()
    person = make.person(user)
    slots = [event.slots[0].id, make.slot(event, title="下午场").id]
    codes = {make.do(operations.register, person.id, slot, by=user.id, at=now()).code for slot in slots}
    assert len(codes) == 2
    assert [taken(slot) for slot in slots] == [1, 1]


def test_school_and_class_are_those_of_the_day_of_sign_up(inside: Flask, make: Factory) -> None:
    school = make.school()
    registration = make.registration(school=school, class_name="初二（3）班")
    assert (registration.school_id, registration.class_name) == (school.id, "初二（3）班")
    assert make.registration().school_id is None


def test_a_newcomer_who_is_refused_is_not_entered_either(inside: Flask, make: Factory) -> None:
    user, slot = make.user(), make.slot(min_age=18)
    with pytest.raises(problems.TooYoung):
        make.do(operations.register_newcomer, newcomer_of(16), SignUp(slot.id), by=user.id, at=now())
    assert db.session.query(Person).count() == 0


def newcomer_of(age: int) -> Newcomer:
    """Return what a parent types about a child."""
    return Newcomer(Details("林晓雨", born(age), None, ""), Relation.CHILD, "13712345678")
