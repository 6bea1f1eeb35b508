"""Rooms: by gender and age, minors never among grown-ups, whoever moves somebody."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db, transact
from app.people.models import Gender, Person
from app.programmes.models import Programme
from app.trips.models import TripMember, TripPart
from app.trips.placing import moving, places
from app.trips.placing.places import RoomWords
from app.trips.problems import (
    GenderUnknown,
    NotTwo,
    RoomInUse,
    TooFewPlacesInIt,
    WrongRoom,
)
from tests.factories import Factory
from tests.trip_rows import a_grown_up, goes, groups, in_places, named, rooms

GROUPS, BUSES, ROOMS = TripPart.GROUPS, TripPart.BUSES, TripPart.ROOMS


def test_rooms_go_by_gender_and_age(programme: Programme, by: int, make: Factory) -> None:
    goes(make, programme, "老学员", age=30, gender=Gender.FEMALE)
    a_grown_up(make, programme, gender=Gender.FEMALE)
    rooms(make, programme, "301", "302", gender=Gender.FEMALE)
    rooms(make, programme, "401", gender=Gender.MALE, beds=3)
    rooms(make, programme, "501", gender=Gender.FEMALE, is_for_minors=False)
    assert make.do(moving.fill, programme.id, ROOMS, by=by, at=now()) == 8
    found = in_places(programme, ROOMS)
    assert set(found["401"]) == {"李雷", "韩梅", "孙强"}
    assert set(found["501"]) == {"张老师", "老学员"}


@pytest.mark.parametrize(("name", "why"), [("李雷", WrongRoom), ("老学员", WrongRoom), ("谁", GenderUnknown)])
def test_nobody_is_put_into_a_room_for_others(
    programme: Programme, by: int, make: Factory, name: str, why: type[Exception]
) -> None:
    goes(make, programme, "老学员", age=30, gender=Gender.FEMALE)
    goes(make, programme, "谁")
    (girls,) = rooms(make, programme, "301", gender=Gender.FEMALE)
    with pytest.raises(why):
        transact(moving.put, programme.id, ROOMS, [named(programme, name).who], girls.id, by=by, at=now())


def test_the_database_itself_keeps_minors_from_grown_ups(programme: Programme, by: int, make: Factory) -> None:
    (girls,) = rooms(make, programme, "301", gender=Gender.FEMALE)
    make.do(moving.fill, programme.id, ROOMS, by=by, at=now())
    inside_it = update(TripMember).where(TripMember.room_id == girls.id)
    for wrong in ({"is_minor": False}, {"gender": Gender.MALE}, {"gender": None}):
        with pytest.raises(IntegrityError):
            transact(lambda values=wrong: db.session.execute(inside_it.values(values)))


def test_whose_gender_is_put_right_is_named_as_in_the_wrong_room(programme: Programme, by: int, make: Factory) -> None:
    rooms(make, programme, "301", "302", gender=Gender.FEMALE)
    make.do(moving.fill, programme.id, ROOMS, by=by, at=now())
    girl = named(programme, "王芳").person
    assert girl is not None
    make.do(lambda: setattr(db.session.get_one(Person, girl.id), "gender", Gender.MALE))
    assert named(programme, "王芳").room_is_doubtful
    groups(make, programme, "第1组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())  # and goes on to be so
    assert named(programme, "王芳").room_is_doubtful
    make.do(moving.put, programme.id, ROOMS, [named(programme, "王芳").who], None, by=by, at=now())
    assert not named(programme, "王芳").room_is_doubtful


def test_two_change_places_though_both_rooms_are_full(programme: Programme, by: int, make: Factory) -> None:
    rooms(make, programme, "301", "302", gender=Gender.FEMALE, beds=1)
    make.do(moving.fill, programme.id, ROOMS, by=by, at=now())
    before = in_places(programme, ROOMS)
    both = [named(programme, before[name][0]).who for name in ("301", "302")]
    assert make.do(moving.swap, programme.id, ROOMS, both, by=by, at=now()) == 2
    after = in_places(programme, ROOMS)
    assert (after["301"], after["302"]) == (before["302"], before["301"])
    with pytest.raises(NotTwo):
        transact(moving.swap, programme.id, ROOMS, both[:1], by=by, at=now())


def test_a_place_is_not_made_smaller_or_for_others_than_who_is_in_it(
    programme: Programme, by: int, make: Factory
) -> None:
    (room,) = rooms(make, programme, "301", gender=Gender.FEMALE)
    make.do(moving.fill, programme.id, ROOMS, by=by, at=now())
    with pytest.raises(TooFewPlacesInIt):
        transact(places.edit_place, ROOMS, room.id, RoomWords("301", 1, Gender.FEMALE, True), by=by, at=now())
    with pytest.raises(RoomInUse):
        transact(places.edit_place, ROOMS, room.id, RoomWords("301", 2, Gender.MALE, True), by=by, at=now())
    for _twice in range(2):
        make.do(places.remove_place, ROOMS, room.id, by=by, at=now())
    assert len(in_places(programme, ROOMS)[""]) == 6
