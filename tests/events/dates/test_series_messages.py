"""What people read when they sign up for a class series: all of its dates, not the first alone."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.filters import clock, day, moment
from app.core.languages import ENGLISH
from app.events.models import Slot
from app.events.planning import edit_slot
from app.events.plans import plan_of
from app.events.registration.operations import cancel
from app.messages.models import MessageKind
from tests.events.dates.class_series import series as class_series
from tests.factories import Factory
from tests.letters import said

pytestmark = pytest.mark.usefixtures("inside")


def whole(dates: list[Slot]) -> str:
    """Return how a series is said whose dates are all a week apart."""
    first, last = dates[0], dates[-1]
    hours = f"{clock(first.starts_at)}–{clock(first.ends_at)}"
    weekday = day(first.starts_at)[-2]
    return f"每周{weekday} {hours}，共 4 次，第一次 {day(first.starts_at)}，最后一次 {day(last.starts_at)}"


def test_whoever_signs_up_reads_when_all_of_it_takes_place(make: Factory) -> None:
    dates = class_series(make)
    registration = make.registration(dates[0], age=20)
    body = said(registration.person_id, MessageKind.REGISTERED).body
    assert "场次：竹笛课" in body
    assert f"时间：{whole(dates)}\n" in body
    english = said(registration.person_id, MessageKind.REGISTERED, ENGLISH).body
    assert "4 times, first on" in english


def test_who_waits_and_whose_turn_it_is_read_the_same(make: Factory) -> None:
    dates = class_series(make, capacity=1, has_waiting_list=True)
    user = make.user()
    first, second = make.registration(dates[0], user=user, age=20), make.registration(dates[0], age=20)
    make.do(cancel, first.id, by=user.id, at=now())
    for kind in (MessageKind.WAITING, MessageKind.OFFER):
        assert whole(dates) in said(second.person_id, kind).body


def test_of_dates_at_different_times_the_first_and_the_last_are_said(make: Factory) -> None:
    dates = class_series(make)
    third, hour = dates[2], timedelta(hours=1)
    later = make.plan(**{**vars(plan_of(third)), "starts_at": third.starts_at + hour, "ends_at": third.ends_at + hour})
    make.do(edit_slot, third.id, later, by=make.user().id, at=now())
    registration = make.registration(dates[0], age=20)
    body = said(registration.person_id, MessageKind.REGISTERED).body
    first, last = dates[0], dates[-1]
    assert f"时间：共 4 次，第一次 {moment(first.starts_at)}" in body
    assert f"，最后一次 {day(last.starts_at)}\n" in body


def test_a_date_of_its_own_is_said_as_ever(make: Factory) -> None:
    slot = make.slot()
    registration = make.registration(slot, age=20)
    assert f"时间：{moment(slot.starts_at)}" in said(registration.person_id, MessageKind.REGISTERED).body
