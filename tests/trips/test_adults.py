"""Grown-ups: who, whether their records were looked up, and whether there are enough of them."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.core.clock import local_day, now
from app.core.db import db, transact
from app.people.models import Gender
from app.programmes.models import Programme
from app.trips.adults import operations
from app.trips.adults.checks import CheckState, check_state, unchecked
from app.trips.adults.operations import AdultWords
from app.trips.adults.ratio import Ratio, ratio_of, ratio_of_trip
from app.trips.models import AdultRole, TripAdult, TripPart
from app.trips.placing import moving
from app.trips.problems import AdultTwice, CheckedInFuture
from app.trips.queries import youths_per_adult
from app.trips.roster import adults_of
from app.trips.settling import settle_ratio
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.trip_rows import a_grown_up, a_trip, goes, groups, named, rooms, roster


@pytest.fixture
def programme(inside: Flask, make: Factory) -> Programme:
    """A trip of six young people."""
    return a_trip(make)


def test_whoever_has_no_record_check_of_the_last_year_is_named(programme: Programme, make: Factory) -> None:
    today = local_day(now())
    a_grown_up(make, programme, "张老师")
    a_grown_up(make, programme, "李老师", checked_on=today - timedelta(days=20), checked_by="派出所")
    a_grown_up(make, programme, "王老师", checked_on=today - timedelta(days=350), checked_by="派出所")
    found = adults_of(programme.id)
    states = [check_state(one, programme.starts_on) for one in found]
    assert states == [CheckState.MISSING, CheckState.FINE, CheckState.OLD]  # it is a year on the first day
    assert [one.name for one in unchecked(found, programme.starts_on)] == ["张老师", "王老师"]


@pytest.mark.parametrize(
    ("checked_on", "state"), [(date(2027, 2, 28), CheckState.OLD), (date(2027, 3, 1), CheckState.FINE)]
)
def test_a_check_holds_for_a_year(checked_on: date, state: CheckState) -> None:
    assert check_state(TripAdult(checked_on=checked_on), date(2028, 2, 28)) is state


def test_a_check_that_the_host_knows_comes_along_to_the_next_trip(programme: Programme, make: Factory) -> None:
    checked = {"checked_on": local_day(now()), "checked_by": "苏老师"}
    a_grown_up(make, programme, "张老师", phone="13800000001", **checked)
    again = a_trip(make, make.do(lambda: db.session.get_one(Programme, programme.id).host), youths=0)
    assert a_grown_up(make, again, "张老师", phone="13800000001").checked_by == "苏老师"
    assert a_grown_up(make, again, "张老师").checked_on is None  # a namesake, for all one knows
    foreign = a_trip(make, youths=0)
    assert a_grown_up(make, foreign, "张老师", phone="13800000001").checked_on is None


def test_nobody_was_looked_up_tomorrow(programme: Programme, make: Factory) -> None:
    tomorrow = AdultWords("张老师", checked_on=local_day(now()) + timedelta(days=1), checked_by="我")
    with pytest.raises(CheckedInFuture):
        transact(operations.add_adult, programme.id, tomorrow, by=make.user().id, at=now())


def test_an_account_is_on_the_list_once(programme: Programme, make: Factory) -> None:
    user = make.user("周建国")
    assert a_grown_up(make, programme, "", user_id=user.id).name == "周建国"
    with pytest.raises(AdultTwice):
        transact(operations.add_adult, programme.id, AdultWords(user_id=user.id), by=user.id, at=now())


def test_with_another_gender_the_bed_is_given_up(programme: Programme, make: Factory) -> None:
    adult = a_grown_up(make, programme, gender=Gender.FEMALE)
    (room,) = rooms(make, programme, "501", gender=Gender.FEMALE, is_for_minors=False)
    by = make.user().id
    make.do(moving.put, programme.id, TripPart.ROOMS, [f"a{adult.id}"], room.id, by=by, at=now())
    make.do(operations.edit_adult, adult.id, AdultWords("张老师", gender=Gender.MALE), by=by, at=now())
    assert named(programme, "张老师").room_id is None


def test_for_so_many_young_people_there_is_to_be_one_who_looks_after_them(programme: Programme, make: Factory) -> None:
    goes(make, programme, "老学员", age=30)
    assert ratio_of_trip(roster(programme), 10).missing == 1
    a_grown_up(make, programme, "司机", AdultRole.DRIVER)
    a_grown_up(make, programme, "校医", AdultRole.DOCTOR)
    assert ratio_of_trip(roster(programme), 10) == Ratio(minors=6, adults=0, youths_per_adult=10)
    a_grown_up(make, programme, "张老师", AdultRole.TEACHER, AdultRole.NIGHT)
    assert ratio_of_trip(roster(programme), 10).missing == 0
    assert ratio_of_trip(roster(programme), 5).missing == 1


def test_how_many_is_said_for_each_trip(programme: Programme, make: Factory) -> None:
    assert youths_per_adult(programme.id) == 10
    for _twice in range(2):
        make.do(settle_ratio, programme.id, 5, by=make.user().id, at=now())
    assert youths_per_adult(programme.id) == 5
    assert youths_per_adult(a_programme(make).id) == 10


def test_a_group_without_anybody_is_named_though_the_trip_has_enough(programme: Programme, make: Factory) -> None:
    teacher = a_grown_up(make, programme)
    first, second = groups(make, programme, "第1组", "第2组")
    by = make.user().id
    make.do(moving.fill, programme.id, TripPart.GROUPS, by=by, at=now())
    make.do(moving.put, programme.id, TripPart.GROUPS, [f"a{teacher.id}"], first.id, by=by, at=now())
    everybody = roster(programme).everybody
    missing = {one.name: ratio_of([who for who in everybody if who.group_id == one.id], 10) for one in (first, second)}
    assert {name: ratio.missing for name, ratio in missing.items()} == {"第1组": 0, "第2组": 1}
