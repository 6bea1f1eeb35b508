"""Giving places by lot: once, in the order drawn, and everybody is told."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.changes import changes_of
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import enqueue
from app.core.problems import Busy
from app.events import announcing, jobs, planning
from app.events.models import LotteryDraw, RegistrationState, Slot, WayIn
from app.events.plans import plan_of
from app.events.problems import SignUpClosed
from app.events.registration import admission, operations
from app.events.registration.wishes import SignUp
from app.events.ways import lots, lottery
from app.events.ways.lottery_lists import closing_list
from app.messages.models import Message, MessageKind
from tests.counting import statements
from tests.events.ways.lotteries import DRAWS, apply, draw, lottery_slot, numbered, states
from tests.factories import Factory
from tests.shifts import shift_values
from tests.work import work_off

CONFIRMED, HELD, WAITING = RegistrationState.CONFIRMED, RegistrationState.HELD, RegistrationState.WAITING
REFUSED, APPLIED, CANCELLED = RegistrationState.REFUSED, RegistrationState.APPLIED, RegistrationState.CANCELLED


def told(kind: MessageKind) -> int:
    """Return how many messages of a kind there are."""
    return db.session.query(Message).filter_by(kind=kind).count()


def read(slot: Slot) -> Slot:
    """Return a slot, read anew."""
    db.session.expire_all()
    return db.session.get_one(Slot, slot.id)


def test_whoever_applies_has_a_number_and_no_place(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    one, other = apply(make, slot) + apply(make, slot)
    assert states(slot.id) == [APPLIED, APPLIED]
    assert read(slot).taken == 0
    assert one.application_no != other.application_no


def test_a_party_is_one_ticket(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    party = apply(make, slot, people=3)
    assert len({one.application_no for one in party}) == 1


def test_places_go_in_the_order_drawn_and_the_rest_stands_in_line_in_that_order(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=2, has_waiting_list=True)
    for _ in range(5):
        apply(make, slot)
    assert draw(make, slot)
    drawn = read(slot)
    order = lots.drawn_order(drawn.draw_seed, numbered(slot.id))
    found = numbered(slot.id)
    assert [found[number] for number in order] == [[CONFIRMED]] * 2 + [[WAITING]] * 3
    assert (drawn.taken, drawn.waiting, drawn.last_in_line) == (2, 3, 3)
    assert [ticket.number for ticket in closing_list(drawn)] == order
    assert (told(MessageKind.REGISTERED), told(MessageKind.WAITING)) == (2, 3)


def test_without_a_waiting_list_the_rest_is_told_no_and_why(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=1)
    for _ in range(2):
        apply(make, slot)
    draw(make, slot)
    assert sorted(states(slot.id)) == [CONFIRMED, REFUSED]
    message = db.session.query(Message).filter_by(kind=MessageKind.REFUSED).one()
    assert message.facts["reason"] == "未抽中"


def test_a_child_that_is_drawn_has_its_place_held(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    apply(make, slot, age=10)
    draw(make, slot)
    assert states(slot.id) == [HELD]
    assert told(MessageKind.CONSENT_ASKED) == 1


@pytest.mark.parametrize("may_pass", [False, True])
def test_a_party_that_does_not_fit_ends_the_draw_unless_smaller_ones_may_pass(
    inside: Flask, make: Factory, may_pass: bool
) -> None:
    slot = lottery_slot(make, capacity=2, smaller_may_pass=may_pass)
    for people in (3, 1, 1):
        apply(make, slot, people)
    draw(make, slot)
    drawn, record = read(slot), db.session.query(LotteryDraw).one()
    order = lots.drawn_order(drawn.draw_seed, record.tickets)
    expected = lots.winners(order, record.tickets, 2, smaller_may_pass=may_pass)
    assert {number for number, found in numbered(slot.id).items() if CONFIRMED in found} == set(expected)
    assert drawn.taken == len(expected)


def test_a_party_is_drawn_whole(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=3)
    for _ in range(4):
        apply(make, slot, people=2)
    draw(make, slot)
    assert sorted(numbered(slot.id).values()) == [[CONFIRMED] * 2, *[[REFUSED] * 2] * 3]


def test_where_groups_are_counted_each_takes_one_place(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=2, counts_groups=True)
    for people in (3, 2):
        apply(make, slot, people)
    draw(make, slot)
    assert states(slot.id) == [CONFIRMED] * 5
    assert read(slot).taken == 2


def test_whoever_leaves_before_the_draw_is_not_in_it(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=2)
    gone, stays = apply(make, slot)[0], apply(make, slot)[0]
    make.do(operations.cancel, gone.id, by=gone.registered_by_id, at=now())
    draw(make, slot)
    assert states(slot.id) == [CANCELLED, CONFIRMED]
    assert [ticket.number for ticket in closing_list(read(slot))] == [stays.application_no]


def test_whoever_was_drawn_for_another_shift_at_the_same_hour_makes_room_for_the_next(
    inside: Flask, make: Factory
) -> None:
    hours = shift_values() | {"way_in": WayIn.LOTTERY, "draws_at": now() + DRAWS, "closes_at": now() + DRAWS}
    first, second = make.event(**hours, capacity=1), make.event(**hours, capacity=1, has_waiting_list=True)
    both = make.user()
    person = make.person(both, age=20)
    for slot in (first.slots[0], second.slots[0]):
        make.do(operations.sign_up, SignUp(slot.id, (person.id,)), by=both.id, at=now())
    draw(make, first.slots[0])
    draw(make, second.slots[0])
    assert states(first.slots[0].id) == [CONFIRMED]
    assert states(second.slots[0].id) == [REFUSED]
    assert read(second.slots[0]).taken == 0
    refused = db.session.query(Message).filter_by(kind=MessageKind.REFUSED).one()
    assert first.title in refused.facts["reason"]


def test_it_is_drawn_once(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=1)
    for _ in range(3):
        apply(make, slot)
    assert draw(make, slot)
    first = states(slot.id)
    assert not draw(make, slot)
    assert states(slot.id) == first
    assert told(MessageKind.REGISTERED) == 1


def test_two_workers_draw_it_once(app: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=1)
    for _ in range(3):
        apply(make, slot)
    slot_id, at, did = slot.id, slot.draws_at or now(), []

    def work() -> None:
        with app.app_context():
            did.append(transact(lottery.draw, slot_id, at=at))

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(did) == [False, False, False, True]
    with app.app_context():
        assert sorted(states(slot_id)) == [CONFIRMED, REFUSED, REFUSED]


def test_nothing_is_drawn_before_its_moment_nor_of_what_was_called_off(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    apply(make, slot)
    at = slot.draws_at or now()
    assert lottery.slots_to_draw(at - timedelta(seconds=1)) == []
    assert not make.do(lottery.draw, slot.id, at=at - timedelta(seconds=1))
    assert lottery.slots_to_draw(at) == [slot.id]
    make.do(announcing.cancel_event, slot.event_id, "台风", by=make.user().id, at=now())
    assert lottery.slots_to_draw(at) == []
    assert not draw(make, slot)
    assert states(slot.id) == [APPLIED]


def test_whoever_applies_in_the_last_second_is_not_forgotten(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    draw(make, slot)
    user = make.user()
    person = make.person(user)
    with pytest.raises(SignUpClosed):
        make.do(operations.sign_up, SignUp(slot.id, (person.id,)), by=user.id, at=now())
    assert states(slot.id) == []


def test_the_seed_is_known_beforehand_by_its_hash_alone_and_differs_from_slot_to_slot(
    inside: Flask, make: Factory
) -> None:
    slot, other = lottery_slot(make), lottery_slot(make)
    promised = lots.promise(lottery.seed_of(slot))
    assert slot.draw_seed == ""
    assert lottery.seed_of(other) != lottery.seed_of(slot)
    draw(make, slot)
    assert lots.promise(read(slot).draw_seed) == promised


def test_a_drawn_lottery_is_told_in_the_history(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, capacity=1)
    for _ in range(2):
        apply(make, slot)
    draw(make, slot)
    assert [(change.what, change.facts) for change in changes_of("slot", [slot.id])] == [
        ("drawn", {"tickets": 2, "won": 1})
    ]


def test_thirty_applications_take_no_more_statements_than_ten(inside: Flask, make: Factory) -> None:
    few, many = lottery_slot(make, has_waiting_list=True), lottery_slot(make, has_waiting_list=True)
    for slot, people in ((few, 10), (many, 30)):
        for _ in range(people):
            apply(make, slot)
    assert statements_of(inside, make, many) == statements_of(inside, make, few)


def statements_of(app: Flask, make: Factory, slot: Slot) -> int:
    """Return how many statements a draw takes."""
    slot_id, at = slot.id, slot.draws_at
    with statements(app) as collected:
        make.do(lottery.draw, slot_id, at=at)
    return len(collected)


def test_the_job_draws_what_is_due(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    apply(make, slot)
    slot_id = slot.id
    past = {"closes_at": now() - timedelta(minutes=2), "draws_at": now() - timedelta(minutes=1)}
    make.do(lambda: db.session.execute(update(Slot).where(Slot.id == slot_id).values(**past)))
    make.do(enqueue, jobs.DRAW, {}, at=now())
    work_off(inside)
    assert states(slot_id) == [CONFIRMED]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_nobody_applies_to_what_became_no_lottery_a_moment_ago(
    app: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot, user, staff = lottery_slot(make), make.user(), make.user()
    person = make.person(user)
    plan = replace(plan_of(slot), way_in=WayIn.OPEN, draws_at=None)
    use_invitation, changed = admission.use_invitation, []

    def change() -> None:
        with app.app_context():
            changed.append(transact(planning.edit_slot, slot.id, plan, by=staff.id, at=now()))

    def late(*asked: Any, **when: Any) -> int | None:
        colleague = Thread(target=change)
        colleague.start()
        colleague.join()
        return use_invitation(*asked, **when)

    monkeypatch.setattr(admission, "use_invitation", late)
    with pytest.raises(Busy):
        make.do(operations.sign_up, SignUp(slot.id, (person.id,)), by=user.id, at=now())
    with app.app_context():
        assert changed
        assert states(slot.id) == []
