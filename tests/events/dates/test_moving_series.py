"""Moving people into a class series and out of it: the dates to come go along."""

import pytest

from app.core.clock import now
from app.core.db import db
from app.events.acts.decisions import cancel_for
from app.events.acts.moving import move
from app.events.acts.substituting import substitute
from app.events.acts.undoing import undo
from app.events.dates import series
from app.events.models import BulkAct, Registration, Slot
from app.events.registration.operations import register
from tests.events.dates.class_series import series as class_series
from tests.events.dates.class_series import taken, there
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def dates(make: Factory) -> list[Slot]:
    """Four dates of a series."""
    return class_series(make)


@pytest.fixture
def beside(dates: list[Slot]) -> Slot:
    """The session of the same event that is no part of it."""
    return next(slot for slot in dates[0].event.slots if slot.leads_id is None)


def moved(make: Factory, registration: Registration, target: Slot, key: str = "1") -> BulkAct:
    """Let staff move somebody."""
    by = make.user().id
    return make.do(move, target.event_id, [registration.id], target.id, key, by=by, at=now())


def test_whoever_is_moved_out_of_a_series_has_none_of_its_dates_any_more_and_back_all(
    make: Factory, dates: list[Slot], beside: Slot
) -> None:
    registration = make.registration(dates[0], name="林晓雨", age=20)
    act = moved(make, registration, beside)
    assert (taken(dates), there(beside.id)) == ([0] * 4, ["林晓雨"])
    make.do(undo, act.id, by=act.by_id, at=now())
    assert (taken(dates), there(beside.id)) == ([1] * 4, [])


def test_whoever_is_moved_into_a_series_has_all_of_its_dates(make: Factory, dates: list[Slot], beside: Slot) -> None:
    registration = make.registration(beside, name="林晓雨", age=20)
    act = moved(make, registration, dates[0])
    assert [there(one.id) for one in dates] == [["林晓雨"]] * 4
    make.do(undo, act.id, by=act.by_id, at=now())
    assert (taken(dates), there(beside.id)) == ([0] * 4, ["林晓雨"])


def test_a_later_date_alone_is_not_moved(make: Factory, dates: list[Slot], beside: Slot) -> None:
    make.registration(dates[0], age=20)
    third = db.session.query(Registration).filter_by(slot_id=dates[2].id).one()
    assert moved(make, third, beside).facts["left"] == {"date": [third.id]}
    assert taken(dates) == [1] * 4


def test_a_date_that_staff_took_somebody_off_stays_so_when_the_series_is_looked_at_again(
    make: Factory, dates: list[Slot]
) -> None:
    registration = make.registration(dates[0], age=20)
    third = db.session.query(Registration).filter_by(slot_id=dates[2].id).one()
    make.do(cancel_for, dates[2].event_id, [third.id], "家里有事", "1", by=make.user().id, at=now())
    make.do(series.follow, [registration.id], at=now())
    assert taken(dates) == [1, 1, 0, 1]


def test_whoever_was_let_in_for_one_date_joins_the_series_and_is_there_once(
    make: Factory, dates: list[Slot], beside: Slot
) -> None:
    user = make.user()
    guest = make.registration(beside, user=user, name="林晓雨", age=20)
    moved(make, guest, dates[2])
    make.do(register, guest.person_id, dates[0].id, by=user.id, at=now())
    assert [there(one.id) for one in dates] == [["林晓雨"]] * 4
    assert taken(dates) == [1] * 4


def test_a_substitute_takes_over_all_dates_to_come(make: Factory, dates: list[Slot]) -> None:
    school, user = make.school(), make.user()
    leaving, coming = (make.person(user, name=name, age=20) for name in ("王芳", "曾晓雨"))
    for one in (leaving, coming):
        make.enrolment(one, school)
    place = make.do(register, leaving.id, dates[0].id, by=user.id, at=now())
    make.do(substitute, place.id, coming.id, "发烧了", by=user.id, at=now())
    assert [there(one.id) for one in dates] == [["曾晓雨"]] * 4
    assert taken(dates) == [1] * 4
