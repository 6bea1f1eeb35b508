"""Groups, buses and rooms: shared out, moved by hand, taken back; who comes later or leaves is not overlooked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.db import db, transact
from app.people.models import Gender
from app.programmes import planning
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Programme
from app.trips.models import AdultRole, TripPart
from app.trips.placing import gender, moving, places
from app.trips.placing.places import BusWords
from app.trips.problems import (
    NameTaken,
    NobodyTicked,
    NothingToShareOut,
    NothingToTakeBack,
    OverFull,
    TargetGone,
)
from tests.exchanges import a_programme, decide, entered, said_by
from tests.factories import Factory
from tests.trip_rows import a_grown_up, buses, goes, groups, in_places, named, roster, withdraws

GROUPS, BUSES, ROOMS = TripPart.GROUPS, TripPart.BUSES, TripPart.ROOMS


def test_groups_become_equally_large_and_schools_stay_together(programme: Programme, by: int, make: Factory) -> None:
    groups(make, programme, "第1组", "第2组")
    assert make.do(moving.fill, programme.id, GROUPS, by=by, at=now()) == 6
    found = in_places(programme, GROUPS)
    assert {name: len(people) for name, people in found.items()} == {"第1组": 3, "第2组": 3}
    assert set(found["第1组"]) in ({"王芳", "李雷", "欧阳娜娜"}, {"韩梅", "赵敏", "孙强"})


def test_whoever_comes_later_is_in_none_until_shared_out_and_moves_nobody(
    programme: Programme, by: int, make: Factory
) -> None:
    groups(make, programme, "第1组", "第2组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    before = in_places(programme, GROUPS)
    goes(make, programme, "新来的")
    assert in_places(programme, GROUPS)[""] == ["新来的"]
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    after = in_places(programme, GROUPS)
    assert all(set(people) <= set(after[name]) for name, people in before.items())
    assert "" not in after


def test_whoever_leaves_is_named_and_the_place_is_free(programme: Programme, by: int, make: Factory) -> None:
    (bus,) = buses(make, programme, 一号车=6)
    make.do(moving.fill, programme.id, BUSES, by=by, at=now())
    withdraws(make, programme, "李雷")
    assert [one.name for one in roster(programme).left] == ["李雷"]
    goes(make, programme, "新来的")
    make.do(moving.put, programme.id, BUSES, [named(programme, "新来的").who], bus.id, by=by, at=now())
    assert [make.do(moving.clear_left, programme.id, by=by, at=now()) for _twice in range(2)] == [1, 0]
    assert roster(programme).left == []


def test_whose_guardian_is_asked_anew_comes_back_where_one_was(by: int, make: Factory) -> None:
    programme = a_programme(make)
    one = entered(make, programme, name="王芳", age=15)
    decide(make, Verdict.ACCEPT, one)
    said_by(make, one)
    groups(make, programme, "第1组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    words = planning.words_of(db.session.get_one(Programme, programme.id, populate_existing=True))
    longer = replace(words, ends_on=words.ends_on + timedelta(days=1))
    make.do(planning.edit_programme, programme.id, longer, by=by, at=now())
    asked = roster(programme)
    assert ([one.name for one in asked.held], asked.left, asked.youths) == (["王芳"], [], [])
    assert make.do(moving.clear_left, programme.id, by=by, at=now()) == 0
    make.do(planning.edit_programme, programme.id, words, by=by, at=now())
    assert in_places(programme, GROUPS) == {"第1组": ["王芳"]}
    assert roster(programme).held == []


def test_a_full_bus_takes_nobody_more_and_says_how_full_it_is(programme: Programme, by: int, make: Factory) -> None:
    (bus,) = buses(make, programme, 一号车=5)
    assert make.do(moving.fill, programme.id, BUSES, by=by, at=now()) == 5
    (last,) = in_places(programme, BUSES)[""]
    with pytest.raises(OverFull) as refused:
        transact(moving.put, programme.id, BUSES, [named(programme, last).who], bus.id, by=by, at=now())
    assert refused.value.facts == {"name": "一号车", "places": 5, "taken": 5, "wanted": 1}
    assert in_places(programme, BUSES)[""] == [last]


def test_a_group_rides_together_with_who_leads_it(programme: Programme, by: int, make: Factory) -> None:
    _first, second = groups(make, programme, "第1组", "第2组")
    teacher, driver = a_grown_up(make, programme), a_grown_up(make, programme, "李师傅", AdultRole.DRIVER)
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    make.do(moving.put, programme.id, GROUPS, [f"a{teacher.id}"], second.id, by=by, at=now())
    buses(make, programme, 小车=3, 大车=10)
    make.do(moving.fill, programme.id, BUSES, by=by, at=now())
    found = in_places(programme, BUSES)
    together = {one.name for one in roster(programme).everybody if one.group_id == second.id}
    assert len(together) == 4
    assert together <= set(found["大车"])
    assert found[""] == [driver.name]


def test_of_whom_nothing_is_known_one_says_it_for_this_trip_alone(programme: Programme, by: int, make: Factory) -> None:
    goes(make, programme, "谁")
    who = named(programme, "谁").who
    said = {who: "female", named(programme, "李雷").who: "female"}
    assert [make.do(gender.say_genders, programme.id, said, by=by, at=now()) for _twice in range(2)] == [1, 0]
    assert (named(programme, "谁").gender, named(programme, "李雷").gender) == (Gender.FEMALE, Gender.MALE)


def test_each_step_is_taken_back_the_last_one_first(programme: Programme, by: int, make: Factory) -> None:
    first, _second = groups(make, programme, "第1组", "第2组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    shared = in_places(programme, GROUPS)
    everybody = [one.who for one in roster(programme).youths]
    assert make.do(moving.put, programme.id, GROUPS, everybody, first.id, by=by, at=now()) == 3
    make.do(moving.take_back, programme.id, GROUPS, by=by, at=now())
    assert in_places(programme, GROUPS) == shared
    make.do(moving.take_back, programme.id, GROUPS, by=by, at=now())
    assert len(in_places(programme, GROUPS)[""]) == 6
    with pytest.raises(NothingToTakeBack):
        transact(moving.take_back, programme.id, GROUPS, by=by, at=now())


def test_what_is_taken_back_does_not_overfill_what_was_given_to_others_since(
    programme: Programme, by: int, make: Factory
) -> None:
    (bus,) = buses(make, programme, 一号车=6)
    make.do(moving.fill, programme.id, BUSES, by=by, at=now())
    make.do(moving.put, programme.id, BUSES, [named(programme, "王芳").who], None, by=by, at=now())
    withdraws(make, programme, "李雷")
    make.do(places.edit_place, BUSES, bus.id, BusWords("一号车", "", 4), by=by, at=now())
    make.do(moving.take_back, programme.id, BUSES, by=by, at=now())
    assert len(in_places(programme, BUSES)["一号车"]) == 4


def test_shared_out_anew_is_as_if_nobody_had_moved_anything_but_leaders_stay(
    programme: Programme, by: int, make: Factory
) -> None:
    _first, second = groups(make, programme, "第1组", "第2组")
    make.do(moving.fill, programme.id, GROUPS, by=by, at=now())
    shared = in_places(programme, GROUPS)
    teacher = a_grown_up(make, programme)
    whom = [f"a{teacher.id}", *(one.who for one in roster(programme).youths)]
    make.do(moving.put, programme.id, GROUPS, whom, second.id, by=by, at=now())
    make.do(moving.fill_anew, programme.id, GROUPS, by=by, at=now())
    assert in_places(programme, GROUPS) == shared | {"第2组": [teacher.name, *shared["第2组"]]}


def test_what_is_wrong_is_refused(programme: Programme, by: int, make: Factory) -> None:
    with pytest.raises(NothingToShareOut):
        transact(moving.fill, programme.id, GROUPS, by=by, at=now())
    (group,) = groups(make, programme, "第1组")
    with pytest.raises(NameTaken):
        groups(make, programme, "第1组")
    who = [named(programme, "王芳").who]
    with pytest.raises(NobodyTicked):
        transact(moving.put, programme.id, GROUPS, ["p0", "a0", "x"], group.id, by=by, at=now())
    with pytest.raises(TargetGone):
        transact(moving.put, programme.id, GROUPS, who, group.id + 1, by=by, at=now())
