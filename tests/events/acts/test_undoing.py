"""An act on many people is taken back as one step, as far as that can still be."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.events.acts.desk_problems import TooLateToUndo
from app.events.acts.undoing import undo
from app.events.models import BulkAct, Registration, Slot, WayIn
from app.events.registration.operations import cancel, register
from app.messages.models import Message, MessageKind
from tests.events.acts.test_decisions import done, party, states, taken
from tests.factories import Factory
from tests.letters import letters, said

pytestmark = pytest.mark.usefixtures("inside")


def undone(make: Factory, act: BulkAct, minutes: int = 1) -> BulkAct:
    """Take an act back so many minutes later."""
    return make.do(undo, act.id, by=make.user().id, at=now() + timedelta(minutes=minutes))


def read(person: Registration) -> None:
    """Let somebody read everything."""
    db.session.execute(update(Message).where(Message.person_id == person.person_id).values(read_at=now()))


def test_an_approval_is_taken_back_and_nobody_who_has_not_read_it_is_bothered(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL, capacity=2, has_waiting_list=True)
    people = [make.registration(slot) for _ in range(3)]
    before = [len(letters(one.person_id)) for one in people]
    act = undone(make, done(make, "approve", slot, people))
    assert states(people) == ["applied"] * 3
    assert taken(slot) == (0, 0)
    assert [len(letters(one.person_id)) for one in people] == before
    assert act.facts["put_back"] == 3


def test_whoever_has_read_it_is_told_that_it_was_a_mistake(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL)
    person = make.registration(slot)
    act = done(make, "refuse", slot, [person], "名额有限。")
    make.do(read, person)
    undone(make, act)
    assert "现在的情况：等主办方确认" in said(person.person_id, MessageKind.PUT_RIGHT).body


def test_places_that_were_cancelled_come_back_from_those_to_whom_they_were_only_offered(make: Factory) -> None:
    slot = make.slot(capacity=2, has_waiting_list=True)
    two, waiting = party(make, slot, 18, 9), make.registration(slot)
    act = done(make, "cancel_for", slot, two, "报重了。")
    assert states([*two, waiting]) == ["cancelled", "cancelled", "offered"]
    undone(make, act)
    assert states([*two, waiting]) == ["confirmed", "held", "waiting"]
    assert taken(slot) == (2, 1)
    assert letters(waiting.person_id, MessageKind.OFFER) == []


def test_a_place_that_somebody_else_knows_of_by_now_is_not_taken_away_again(make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    first, second = make.registration(slot), make.registration(slot)
    act = done(make, "cancel_for", slot, [first], "报重了。")
    make.do(read, second)
    assert undone(make, act).facts["kept"] == {"full": [first.id]}
    assert states([first, second]) == ["cancelled", "offered"]


def test_whoever_was_changed_since_stays(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL, capacity=2)
    first, second = make.registration(slot), make.registration(slot)
    act = done(make, "approve", slot, [first, second])
    make.do(cancel, first.id, by=first.registered_by_id, at=now())
    assert undone(make, act).facts["kept"] == {"since": [first.id]}
    assert states([first, second]) == ["cancelled", "applied"]


def test_those_who_were_moved_are_back_where_they_were_and_are_told_nothing(make: Factory) -> None:
    slot = make.slot()
    other = make.slot(slot.event, title="下午场")
    two = party(make, slot, 18, 19)
    act = done(make, "move", slot, two, other.id)
    assert len(letters(two[0].person_id, MessageKind.CHANGED)) == 1
    undone(make, act)
    assert (taken(slot), taken(other)) == ((2, 0), (0, 0))
    assert letters(two[0].person_id, MessageKind.CHANGED) == []


def test_twice_is_once_and_the_same_choice_can_be_made_again(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL)
    person = make.registration(slot)
    act = done(make, "approve", slot, [person])
    first, second = undone(make, act), undone(make, act, minutes=2)
    assert first.undone_at == second.undone_at
    done(make, "approve", slot, [person])
    assert states([person]) == ["confirmed"]


def test_after_ten_minutes_it_is_too_late(make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL)
    person = make.registration(slot)
    act = done(make, "approve", slot, [person])
    with pytest.raises(TooLateToUndo):
        undone(make, act, minutes=11)


def test_somebody_who_signed_up_anew_keeps_the_new_sign_up(make: Factory) -> None:
    slot: Slot = make.slot()
    first = make.registration(slot)
    act = done(make, "cancel_for", slot, [first], "报重了。")
    make.do(register, first.person_id, slot.id, by=first.registered_by_id, at=now())
    assert undone(make, act).facts["kept"] == {"there": [first.id]}
