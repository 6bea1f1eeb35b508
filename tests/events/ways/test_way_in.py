"""How one comes into a slot: choosing it, and what may still be changed."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.core.db import db
from app.core.problems import Problem
from app.events import drafts, planning
from app.events.models import Slot, WayIn
from app.events.plans import SlotPlan, plan_of
from app.events.problems import CapacityBelowTaken
from app.events.ways import way_in_problems as problems
from tests.events.test_desk import SLOT, WORDS, clock
from tests.events.ways.lotteries import apply, draw, lottery_slot
from tests.factories import Factory
from tests.signing_in import Personas

CHOSEN = {
    "way_in": "lottery",
    "draws_at": clock(6, 20),
    "has_waiting_list": "y",
    "largest_party": "4",
    "most_companions": "1",
    "offer_hours": "12",
    "leave_hours": "48",
    "smaller_may_pass": "y",
}


def refused(make: Factory, problem: type[Problem], slot: Slot, **changes: Any) -> None:
    """See a change of a slot refused, and nothing changed."""
    plan = plan_of(slot)
    with pytest.raises(problem):
        make.do(planning.edit_slot, slot.id, changed(plan, **changes), by=make.user().id, at=now())
    db.session.expire_all()
    assert plan_of(db.session.get_one(Slot, slot.id)) == plan


def changed(plan: SlotPlan, **changes: Any) -> SlotPlan:
    """Return a plan with changes."""
    return SlotPlan(**(vars(plan) | changes))


def test_the_way_stays_while_people_wait_for_its_answer(inside: Flask, make: Factory) -> None:
    slot = make.slot(way_in=WayIn.APPROVAL)
    make.registration(slot)
    refused(make, problems.WayInUse, slot, way_in=WayIn.OPEN)
    refused(make, problems.WayInUse, slot, way_in=WayIn.LOTTERY, draws_at=slot.starts_at)


def test_who_has_a_place_keeps_it_when_the_way_changes(inside: Flask, make: Factory) -> None:
    slot = make.slot(way_in=WayIn.OPEN)
    make.registration(slot)
    plan = changed(plan_of(slot), way_in=WayIn.APPROVAL)
    assert make.do(planning.edit_slot, slot.id, plan, by=make.user().id, at=now()).way_in is WayIn.APPROVAL


def test_a_line_does_not_become_a_lottery_nor_go_away(inside: Flask, make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    for _ in range(2):
        make.registration(slot)
    refused(make, problems.WayInUse, slot, way_in=WayIn.LOTTERY, draws_at=slot.starts_at)
    refused(make, problems.WaitingListInUse, slot, has_waiting_list=False)
    refused(make, problems.CountedOtherwise, slot, counts_groups=True)
    refused(make, CapacityBelowTaken, slot, capacity=0)


def test_what_was_drawn_stays_drawn(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    apply(make, slot)
    draw(make, slot)
    refused(make, problems.LotteryDrawn, slot, way_in=WayIn.OPEN, draws_at=None)
    refused(make, problems.LotteryDrawn, slot, draws_at=slot.starts_at)


def test_lots_are_drawn_between_closing_and_beginning(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make)
    for wrong in (slot.closes_at - timedelta(minutes=1), slot.starts_at + timedelta(minutes=1)):
        refused(make, problems.DrawnBeforeClosing, slot, draws_at=wrong)


def test_a_copy_draws_its_lots_as_much_later(inside: Flask, make: Factory) -> None:
    slot = lottery_slot(make, largest_party=3, leave_hours=5)
    day = local_day(slot.starts_at) + timedelta(days=7)
    copy = make.do(drafts.copy_event, slot.event_id, day, by=make.user().id, at=now()).slots[0]
    assert (copy.way_in, copy.largest_party, copy.leave_hours) == (WayIn.LOTTERY, 3, 5)
    assert copy.draws_at == slot.draws_at + timedelta(days=7)
    assert copy.drawn_at is None


def test_a_slot_gets_the_way_in_that_was_chosen(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    slot = event.slots[0]
    address = f"/desk/slots/{slot.id}/edit"
    assert personas.staff.post(address, data=SLOT | CHOSEN).status_code == 303
    with personas.app.app_context():
        found = db.session.get_one(Slot, slot.id)
        assert (found.way_in, found.largest_party, found.most_companions) == (WayIn.LOTTERY, 4, 1)
        assert (found.offer_hours, found.leave_hours) == (12, 48)
        assert (found.has_waiting_list, found.smaller_may_pass, found.counts_groups) == (True, True, False)
        assert found.closes_at < found.draws_at < found.starts_at
    page = personas.staff.get(address).text
    assert 'value="lottery"' in page
    history = personas.staff.get(f"/desk/events/{event.id}").text
    assert "名额怎么给？：先到先得 → 抽签" in history


def test_left_empty_lots_are_drawn_as_soon_as_sign_up_closes(personas: Personas, make: Factory) -> None:
    slot = make.event(personas.host).slots[0]
    assert personas.staff.post(f"/desk/slots/{slot.id}/edit", data=SLOT | CHOSEN | {"draws_at": ""}).status_code == 303
    with personas.app.app_context():
        found = db.session.get_one(Slot, slot.id)
        assert found.draws_at == found.closes_at


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("way_in", "auction"),
        ("draws_at", clock(5, 9)),
        ("draws_at", clock(8, 9)),
        ("draws_at", "x"),
        ("offer_hours", "5"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(personas: Personas, make: Factory, field: str, typed: str) -> None:
    slot = make.event(personas.host).slots[0]
    answer = personas.staff.post(f"/desk/slots/{slot.id}/edit", data=SLOT | CHOSEN | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert 'value="周六上午"' in answer.text


def test_a_number_that_the_list_does_not_have_stays_when_the_form_is_sent_again(
    personas: Personas, make: Factory
) -> None:
    slot = make.event(personas.host, offer_hours=5).slots[0]
    assert (
        personas.staff.post(f"/desk/slots/{slot.id}/edit", data=SLOT | CHOSEN | {"offer_hours": "5"}).status_code == 303
    )


def test_a_refused_change_of_the_way_is_said_beside_it(personas: Personas, make: Factory) -> None:
    slot = make.event(personas.host, way_in=WayIn.APPROVAL).slots[0]
    make.registration(slot)
    answer = personas.staff.post(f"/desk/slots/{slot.id}/edit", data=SLOT | {"way_in": "open"})
    assert answer.status_code == 422
    assert 'id="way_in-errors"' in answer.text


def test_a_new_event_can_be_a_lottery_and_its_page_says_so(personas: Personas) -> None:
    sent = WORDS | SLOT | CHOSEN | {"host_id": str(personas.host.id)}
    assert "抽签决定" in personas.staff.post("/desk/events/new", data=sent | {"preview": "1"}).text
    address = personas.staff.post("/desk/events/new", data=sent).location.rsplit("/", 1)[1]
    personas.staff.post(f"/desk/events/{address}/publication")
    page = personas.anonymous.get(f"/events/{address}").text
    assert "抽签决定，报名先后没有差别" in page
    assert "由后面坐得下的先补上" in page
