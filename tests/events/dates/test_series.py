"""A class series: one sign-up for all dates to come."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events import planning, problems
from app.events.dates import series
from app.events.dates.series_problems import OneDateOfSeries
from app.events.models import Registration, RegistrationState, Slot, Source
from app.events.plans import SlotPlan, plan_of
from app.events.registration import operations
from tests.events.dates.class_series import series as class_series
from tests.events.dates.class_series import taken, there
from tests.factories import Factory

HOUR = timedelta(hours=1)


def test_one_sign_up_is_a_place_on_every_date(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    registration = make.registration(dates[0], name="林晓雨")
    assert [there(one.id) for one in dates] == [["林晓雨"]] * 4
    assert taken(dates) == [1] * 4
    others = db.session.query(Registration).filter_by(series_of_id=registration.id).all()
    assert {(one.source, one.state, one.person_id) for one in others} == {
        (Source.SERIES, RegistrationState.CONFIRMED, registration.person_id)
    }
    assert len({one.code for one in (registration, *others)}) == 4


def test_a_child_has_a_held_place_on_every_date(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    make.registration(dates[0], age=10)
    states = {one.state for one in db.session.query(Registration)}
    assert states == {RegistrationState.HELD}
    assert taken(dates) == [1] * 4


def test_nobody_signs_up_for_a_single_date(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    with pytest.raises(problems.PartOfSeries):
        make.registration(dates[2])
    assert taken(dates) == [0] * 4


def test_whoever_leaves_gives_all_dates_back_and_may_come_again(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    user = make.user()
    registration = make.registration(dates[0], user=user)
    for _ in range(2):
        make.do(operations.cancel, registration.id, by=user.id, at=now())
    assert taken(dates) == [0] * 4
    make.do(operations.register, registration.person_id, dates[0].id, by=user.id, at=now())
    assert taken(dates) == [1] * 4


def test_a_single_date_is_not_given_back(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    user = make.user()
    registration = make.registration(dates[0], user=user)
    third = db.session.query(Registration).filter_by(slot_id=dates[2].id).one()
    with pytest.raises(OneDateOfSeries):
        make.do(operations.cancel, third.id, by=user.id, at=now())
    assert taken(dates) == [1] * 4
    assert series.place_in(third) is db.session.get_one(Registration, registration.id)


def test_who_waits_has_no_date_until_a_place_is_theirs(inside: Flask, make: Factory) -> None:
    dates = class_series(make, capacity=1, has_waiting_list=True)
    user = make.user()
    first = make.registration(dates[0], user=user, name="王芳")
    second = make.registration(dates[0], name="李雷")
    assert [there(one.id) for one in dates] == [["王芳"]] * 4
    make.do(operations.cancel, first.id, by=user.id, at=now())
    assert taken(dates) == [1, 0, 0, 0]  # offered: held in the leading date alone
    assert db.session.get_one(Registration, second.id).state is RegistrationState.OFFERED


def test_following_twice_changes_nothing(inside: Flask, make: Factory) -> None:
    dates = class_series(make)
    registration = make.registration(dates[0])
    codes = {one.id: one.code for one in db.session.query(Registration)}
    for _ in range(2):
        make.do(series.follow, [registration.id], at=now())
    db.session.expire_all()
    assert {one.id: one.code for one in db.session.query(Registration)} == codes
    assert taken(dates) == [1] * 4


def test_more_places_are_more_on_every_date(inside: Flask, make: Factory) -> None:
    dates = class_series(make, capacity=5)
    for number, capacity in ((0, 8), (2, 3)):
        slot = db.session.get_one(Slot, dates[number].id)
        plan = plan_of(slot)
        changed = SlotPlan(**{**plan.__dict__, "capacity": capacity})
        make.do(planning.edit_slot, slot.id, changed, by=slot.event.created_by_id, at=now())
        db.session.expire_all()
        assert {db.session.get_one(Slot, one.id).capacity for one in dates} == {8}


def test_a_leading_date_that_nobody_wants_is_deleted_and_the_next_leads(inside: Flask, make: Factory) -> None:
    first, *others = class_series(make)
    make.do(planning.delete_slot, first.id, by=make.user().id, at=now())
    db.session.expire_all()
    assert {db.session.get_one(Slot, one.id).leads_id for one in others} == {others[0].id}
    make.registration(others[0])
    assert taken(others) == [1] * 3
