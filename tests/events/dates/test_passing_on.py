"""The lead of a series goes from date to date, with whoever waits."""

from datetime import datetime, timedelta

from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events.acts.by_hand import Entry, enter
from app.events.dates import passing_on
from app.events.models import Offer, Registration, RegistrationState, Slot
from app.events.registration import offers, operations
from app.events.ways import allotments
from app.people.operations import Details
from tests.events.dates.class_series import after, series, taken, there
from tests.factories import Factory, born


def pass_on(make: Factory, at: datetime) -> list[int | None]:
    """Do what the background does at a moment."""
    return [make.do(passing_on.pass_on, slot_id, at=at) for slot_id in passing_on.leads_that_began(at)]


def leads(slots: list[Slot]) -> list[int | None]:
    """Return which slot leads each."""
    db.session.expire_all()
    return [db.session.get_one(Slot, one.id).leads_id for one in slots]


def test_the_next_date_leads_once_one_has_begun(inside: Flask, make: Factory) -> None:
    dates = series(make, 3)
    assert pass_on(make, now()) == []
    assert [pass_on(make, after(dates[0])) for _ in range(2)] == [[dates[1].id], []]
    assert leads(dates) == [None, dates[1].id, dates[1].id]
    assert pass_on(make, after(dates[1])) == [dates[2].id]
    assert pass_on(make, after(dates[2])) == []


def test_a_late_joiner_gets_the_dates_to_come(inside: Flask, make: Factory) -> None:
    dates = series(make, 3)
    make.registration(dates[0], name="王芳")
    at = after(dates[0])
    pass_on(make, at)
    make.registration(dates[1], name="李雷", at=at)
    assert [there(one.id) for one in dates] == [["王芳"], ["李雷", "王芳"], ["李雷", "王芳"]]
    assert taken(dates) == [1, 2, 2]


def test_who_leaves_in_the_middle_keeps_what_was(inside: Flask, make: Factory) -> None:
    dates = series(make, 3)
    user = make.user()
    make.registration(dates[0], user=user, name="王芳")
    at = after(dates[0])
    pass_on(make, at)
    second = db.session.query(Registration).filter_by(slot_id=dates[1].id).one()
    make.do(operations.cancel, second.id, by=user.id, at=at)
    assert [there(one.id) for one in dates] == [["王芳"], [], []]
    assert taken(dates) == [1, 0, 0]
    make.do(operations.register, second.person_id, dates[1].id, by=user.id, at=at)
    assert taken(dates) == [1, 1, 1]


def test_the_line_goes_along_and_gets_what_becomes_free(inside: Flask, make: Factory) -> None:
    dates = series(make, 3, capacity=1, has_waiting_list=True)
    user, other = make.user(), make.user()
    make.registration(dates[0], user=user, name="王芳")
    waiting = make.registration(dates[0], user=other, name="李雷")
    at = after(dates[0])
    pass_on(make, at)
    counts = [(slot.waiting, slot.taken) for slot in (db.session.get_one(Slot, one.id) for one in dates[:2])]
    assert counts == [(0, 1), (1, 1)]
    second = db.session.query(Registration).filter_by(slot_id=dates[1].id, state=RegistrationState.CONFIRMED).one()
    make.do(operations.cancel, second.id, by=user.id, at=at)
    make.do(offers.accept, waiting.id, by=other.id, at=at + timedelta(minutes=1))
    assert [there(one.id) for one in dates] == [["王芳"], ["李雷"], ["李雷"]]
    assert taken(dates) == [1, 1, 1]


def test_an_offer_that_is_open_goes_along(inside: Flask, make: Factory) -> None:
    dates = series(make, 3, capacity=1, has_waiting_list=True)
    user, other = make.user(), make.user()
    first = make.registration(dates[0], user=user)
    waiting = make.registration(dates[0], user=other, name="李雷")
    make.do(operations.cancel, first.id, by=user.id, at=now())
    at = after(dates[0])
    pass_on(make, at)
    assert taken(dates) == [0, 1, 0]
    offer = db.session.query(Offer).one()
    assert (offer.slot_id, db.session.get_one(Registration, waiting.id).slot_id) == (dates[1].id, dates[1].id)
    make.do(offers.lapse, offer.id, at=offer.lapses_at)
    assert taken(dates) == [0, 0, 0]


def test_whom_staff_let_in_for_the_next_date_does_not_keep_it_from_leading(inside: Flask, make: Factory) -> None:
    dates, by = series(make, 3, capacity=3), make.user().id
    make.registration(dates[0], age=20)
    share = allotments.Share("雁南镇", (make.school().id,), 2, now() + timedelta(days=30))
    make.do(allotments.allot, dates[0].id, share, by=by, at=now())
    for name in ("王芳", "李雷"):
        make.do(enter, Entry(Details(name, born(20), None, "")), dates[1].id, by=by, at=now())
    assert pass_on(make, after(dates[0])) == [dates[1].id]
    assert taken(dates) == [1, 3, 1]
    heir = db.session.get_one(Slot, dates[1].id)
    assert (heir.reserved, heir.capacity) == (2, 5)


def test_what_became_free_after_the_beginning_is_offered_for_the_dates_to_come(inside: Flask, make: Factory) -> None:
    dates = series(make, capacity=1, has_waiting_list=True)
    child, waiting = make.registration(dates[0], age=10), make.registration(dates[0], age=20)

    def set_end() -> None:
        db.session.get_one(Registration, child.id).held_until = dates[0].starts_at

    make.do(set_end)
    make.do(offers.lapse_hold, child.id, at=after(dates[0]))
    make.do(passing_on.pass_on, dates[0].id, at=after(dates[0]))
    db.session.expire_all()
    offered = db.session.get_one(Registration, waiting.id)
    assert (offered.slot_id, offered.state) == (dates[1].id, RegistrationState.OFFERED)
