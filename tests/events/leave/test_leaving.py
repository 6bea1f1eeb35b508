"""Asking for leave: with a reason, until it begins."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.events.dates.series_problems import OneDateOfSeries
from app.events.leave import leaving
from app.events.models import Absence, AbsenceKind, Registration, RegistrationState
from app.events.problems import LeaveNeedsReason, TooLateToCancel
from app.events.registration import operations
from tests.events.dates.class_series import series, taken, there
from tests.factories import Factory

HOUR = timedelta(hours=1)


def absences() -> list[tuple[int, AbsenceKind, str]]:
    """Return what is on record."""
    db.session.expire_all()
    return [(one.registration_id, one.kind, one.reason) for one in db.session.query(Absence)]


def test_after_the_deadline_one_leaves_with_a_reason(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(leave_hours=24), make.user()
    place = make.registration(slot, user=user)
    with pytest.raises(LeaveNeedsReason):
        make.do(operations.cancel, place.id, by=user.id, at=now())
    for _ in range(2):
        make.do(leaving.leave, place.id, "生病", by=user.id, at=now())
    assert absences() == [(place.id, AbsenceKind.EXCUSED, "生病")]
    assert db.session.get_one(Registration, place.id).state is RegistrationState.CANCELLED
    assert taken([slot]) == [0]


def test_before_it_leaving_leaves_no_trace(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(leave_hours=1), make.user()
    place = make.registration(slot, user=user)
    make.do(leaving.leave, place.id, "生病", by=user.id, at=now())
    assert absences() == []
    assert taken([slot]) == [0]


def test_the_place_goes_to_whoever_waits(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(leave_hours=24, capacity=1, has_waiting_list=True), make.user()
    place, waiting = make.registration(slot, user=user), make.registration(slot)
    make.do(leaving.leave, place.id, "生病", by=user.id, at=now())
    db.session.expire_all()
    assert db.session.get_one(Registration, waiting.id).state is RegistrationState.OFFERED


def test_once_it_has_begun_it_is_too_late(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(), make.user()
    place = make.registration(slot, user=user)
    for operation in (leaving.leave, leaving.leave_date):
        with pytest.raises(TooLateToCancel):
            make.do(operation, place.id, "生病", by=user.id, at=slot.starts_at)
    assert absences() == []


def test_leave_for_one_date_keeps_the_place_in_the_series(inside: Flask, make: Factory) -> None:
    dates, user = series(make, 3), make.user()
    make.registration(dates[0], user=user, name="王芳")
    second = db.session.query(Registration).filter_by(slot_id=dates[1].id).one()
    with pytest.raises(OneDateOfSeries):
        make.do(leaving.leave, second.id, "家里有事", by=user.id, at=now())
    for reason in ("家里有事", "生病"):
        make.do(leaving.leave_date, second.id, reason, by=user.id, at=now())
    assert absences() == [(second.id, AbsenceKind.EXCUSED, "生病")]
    assert [there(one.id) for one in dates] == [["王芳"]] * 3
    make.do(leaving.come_after_all, second.id, at=now())
    assert absences() == []


def test_of_a_place_that_stands_alone_there_is_no_single_date(inside: Flask, make: Factory) -> None:
    slot, user = make.slot(), make.user()
    place = make.registration(slot, user=user)
    make.do(leaving.leave_date, place.id, "生病", by=user.id, at=now())
    assert absences() == []
