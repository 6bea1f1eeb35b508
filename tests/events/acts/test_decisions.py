"""Staff approves, refuses, moves, cancels and lets in from the line: many at once, parties whole."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.changes import Change
from app.core.clock import now
from app.core.db import db
from app.events.acts import decisions
from app.events.acts.bulk_words import headline, sentences
from app.events.acts.moving import move
from app.events.models import BulkAct, Registration, RegistrationState, Slot, WayIn
from app.events.registration.operations import sign_up
from app.events.registration.wishes import SignUp
from app.messages.models import MessageKind
from tests.factories import Factory, born
from tests.letters import letters, said

pytestmark = pytest.mark.usefixtures("inside")
STATE = RegistrationState


@pytest.fixture
def slot(make: Factory) -> Slot:
    """Three places, given by the host's decision, with a waiting list."""
    return make.slot(way_in=WayIn.APPROVAL, capacity=3, has_waiting_list=True)


def party(make: Factory, slot: Slot, *ages: int) -> list[Registration]:
    """Sign a party up."""
    user = make.user()
    people = [make.person(user, name=f"同学{'甲乙丙丁'[number]}", age=age).id for number, age in enumerate(ages)]
    return make.do(sign_up, SignUp(slot.id, tuple(people)), by=user.id, at=now())


def done(make: Factory, what: str, slot: Slot, people: list[Registration], *more: object, key: str = "1") -> BulkAct:
    """Let staff do something to people."""
    operation = move if what == "move" else getattr(decisions, what)
    return make.do(operation, slot.event_id, [one.id for one in people], *more, key, by=make.user().id, at=now())


def states(people: list[Registration]) -> list[str]:
    """Return what sign-ups are now."""
    db.session.expire_all()
    return [db.session.get_one(Registration, one.id).state.value for one in people]


def taken(slot: Slot) -> tuple[int, int]:
    """Return how many places of a slot are taken, and how many parties wait."""
    db.session.expire_all()
    fresh = db.session.get_one(Slot, slot.id)
    return fresh.taken, fresh.waiting


def test_whoever_applied_first_gets_a_place_and_the_rest_waits_in_line(make: Factory, slot: Slot) -> None:
    people = [make.registration(slot, age=18 if number else 9) for number in range(5)]
    act = done(make, "approve", slot, people)
    assert states(people) == ["held", "confirmed", "confirmed", "waiting", "waiting"]
    assert taken(slot) == (3, 2)
    assert headline(act) == "通过 5 人，其中 2 人排进候补"
    assert [letters(one.person_id)[-1].kind for one in people[2:4]] == [MessageKind.REGISTERED, MessageKind.WAITING]
    changes = db.session.scalars(select(Change).where(Change.record == "registration")).all()
    assert {(change.record_id, change.what) for change in changes} >= {(one.id, "approved") for one in people}


def test_without_a_waiting_list_whoever_does_not_fit_goes_on_waiting_for_a_decision(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL, capacity=1)
    people = [make.registration(slot) for _ in range(2)]
    act = done(make, "approve", slot, people)
    assert states(people) == ["confirmed", "applied"]
    assert act.facts["left"] == {"full": [people[1].id]}
    assert len(sentences(act)) == 2


def test_a_party_is_decided_whole(make: Factory, slot: Slot) -> None:
    two = party(make, slot, 18, 18)
    act = done(make, "approve", slot, two[:1])
    assert states(two) == ["confirmed", "confirmed"]
    assert act.facts["people"] == 2


def test_a_refusal_is_told_with_its_reason(make: Factory, slot: Slot) -> None:
    person = make.registration(slot)
    done(make, "refuse", slot, [person], "名额有限。")
    assert states([person]) == ["refused"]
    assert "名额有限。" in said(person.person_id, MessageKind.REFUSED).body


def test_whoever_has_a_place_is_not_refused_but_cancelled(make: Factory) -> None:
    slot = make.slot()
    person = make.registration(slot)
    assert done(make, "refuse", slot, [person], "不行").facts["left"] == {"other_state": [person.id]}
    done(make, "cancel_for", slot, [person], "报重了。", key="2")
    assert states([person]) == ["cancelled"]
    assert "报重了。" in said(person.person_id, MessageKind.PLACE_CANCELLED).body
    assert taken(slot) == (0, 0)


def test_a_place_that_staff_frees_is_offered_to_the_line(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    first, second = make.registration(slot), make.registration(slot)
    done(make, "cancel_for", slot, [first], "报重了。")
    assert states([first, second]) == ["cancelled", "offered"]
    done(make, "admit", slot, [second], key="2")
    assert states([second]) == ["confirmed"]
    assert taken(slot) == (1, 0)


def test_nobody_is_let_in_past_those_who_came_earlier(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    make.registration(slot)
    make.registration(slot)
    last = make.registration(slot)
    act = done(make, "admit", slot, [last])
    assert act.facts["left"] == {"full": [last.id]}
    assert states([last]) == ["waiting"]


def test_whoever_is_moved_keeps_the_code_and_is_told_both_slots(make: Factory) -> None:
    slot = make.slot()
    other = make.slot(
        slot.event, title="下午场", starts_at=now() + timedelta(hours=6), ends_at=now() + timedelta(hours=8)
    )
    person = make.registration(slot)
    done(make, "move", slot, [person], other.id)
    db.session.expire_all()
    moved = db.session.get_one(Registration, person.id)
    assert (moved.slot_id, moved.code, moved.state) == (other.id, person.code, STATE.CONFIRMED)
    assert (taken(slot), taken(other)) == ((0, 0), (1, 0))
    body = said(person.person_id, MessageKind.CHANGED).body
    assert "场次：下午场" in body
    assert "原场次：上午场" in body


def test_only_those_are_moved_who_fit_and_are_of_the_age(make: Factory) -> None:
    slot = make.slot()
    other = make.slot(slot.event, title="下午场", capacity=1, min_age=14)
    child, first, second = (make.registration(slot, age=age) for age in (9, 18, 19))
    act = done(make, "move", slot, [child, first, second], other.id)
    assert act.facts["left"] == {"age": [child.id], "full": [second.id]}
    assert (taken(slot), taken(other)) == ((2, 0), (1, 0))


def test_somebody_who_has_signed_up_there_too_is_not_moved(make: Factory) -> None:
    slot = make.slot()
    other = make.slot(slot.event, title="下午场")
    user = make.user()
    person = make.person(user, born_on=born(18))
    here, _there = (make.do(sign_up, SignUp(one.id, (person.id,)), by=user.id, at=now())[0] for one in (slot, other))
    assert done(make, "move", slot, [here], other.id).facts["left"] == {"there": [here.id]}


@pytest.mark.parametrize("what", ["approve", "refuse"])
def test_the_same_form_sent_twice_is_one_act(make: Factory, slot: Slot, what: str) -> None:
    person = make.registration(slot)
    more = ["名额有限。"] if what == "refuse" else []
    first, second = (done(make, what, slot, [person], *more) for _ in range(2))
    assert first.id == second.id
    assert len(letters(person.person_id, MessageKind.REGISTERED, MessageKind.REFUSED)) == 1


def test_nothing_is_decided_about_people_of_another_event(make: Factory, slot: Slot) -> None:
    stranger = make.registration(make.slot(way_in=WayIn.APPROVAL))
    assert done(make, "approve", slot, [stranger]).facts["people"] == 0
    assert states([stranger]) == ["applied"]


def test_a_lottery_is_decided_by_its_draw(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.LOTTERY, draws_at=now() + timedelta(hours=1))
    person = make.registration(slot)
    assert done(make, "approve", slot, [person]).facts["left"] == {"draw": [person.id]}


def test_what_has_begun_is_not_cancelled_by_staff(make: Factory, inside: Flask) -> None:
    event = make.going_on()
    person = make.registration(event.slots[0])
    assert done(make, "cancel_for", event.slots[0], [person], "x").facts["left"] == {"begun": [person.id]}
