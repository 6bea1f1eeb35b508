"""Who is meant: each condition, and all of them together."""

from dataclasses import replace

import pytest
from flask import Flask

from app.announcements.group import Group, Presence, Standing, read_group, words_of
from app.announcements.meant import meant_by, names_in, registrations_meant, schools_to_choose
from app.core.clock import now
from app.events.registration.operations import cancel, register
from tests.announcements.conftest import Scene
from tests.consents import say


def who(scene: Scene, group: Group) -> str:
    """Return the people of a group by the last sign of their names."""
    by_id = {one.id: name for name, one in scene.people.items()}
    return "".join(by_id[one] for one in registrations_meant(scene.event.id, group, now()))


def test_each_condition_narrows_and_all_hold_together(inside: Flask, scene: Scene) -> None:
    first, second, slot = scene.first.id, scene.second.id, scene.today.id
    table = {
        Group(): "甲乙丙丁戊",
        Group(slot_ids=(slot,)): "甲乙丙丁",
        Group(slot_ids=(slot, scene.tomorrow.id)): "甲乙丙丁戊",
        Group(standing=Standing.CONFIRMED): "甲乙丙戊",
        Group(standing=Standing.HELD): "丁",
        Group(school_ids=(first,)): "甲乙戊",
        Group(classes=((first, "高一三班"),)): "甲乙",
        Group(school_ids=(second,), classes=((first, "高二（1）班"),)): "丙戊",
        Group(presence=Presence.MISSING): "乙丙丁",
        Group(presence=Presence.ARRIVED): "甲",
        Group(slot_ids=(slot,), classes=((first, "高一（3）班"),), presence=Presence.MISSING): "乙",
        Group(standing=Standing.HELD, presence=Presence.MISSING): "丁",
        Group(standing=Standing.HELD, school_ids=(first,)): "",
        Group(classes=((first, "没有这个班"),)): "",
        Group(unseen_id=999): "",
    }
    assert {group: who(scene, group) for group in table} == table
    assert {group: meant_by(scene.event.id, group, now()).people for group in table} == {
        group: len(names) for group, names in table.items()
    }


def test_whoever_has_two_places_is_one_person(inside: Flask, scene: Scene) -> None:
    again = scene.people["甲"]
    scene.make.do(register, again.person_id, scene.tomorrow.id, by=again.registered_by_id, at=now())
    assert meant_by(scene.event.id, Group(), now()).people == 5
    assert len(registrations_meant(scene.event.id, Group(), now())) == 5


def test_whose_guardian_has_answered_waits_for_the_teacher_and_no_more_for_the_guardian(
    inside: Flask, scene: Scene
) -> None:
    assert who(scene, Group(standing=Standing.ANSWERED)) == ""
    say(scene.make, scene.people["丁"], at=scene.before)
    assert who(scene, Group(standing=Standing.ANSWERED)) == "丁"
    assert who(scene, Group(standing=Standing.HELD)) == ""
    assert words_of(Group(standing=Standing.ANSWERED), names_in(scene.event.id, Group())) == "等老师核实的人"


def test_who_gave_the_place_back_is_not_meant(inside: Flask, scene: Scene) -> None:
    scene.make.do(cancel, scene.people["戊"].id, by=scene.event.created_by_id, at=now())
    assert who(scene, Group()) == "甲乙丙丁"


def test_names_are_masked(inside: Flask, scene: Scene) -> None:
    meant = meant_by(scene.event.id, Group(school_ids=(scene.second.id,)), now())
    assert (meant.people, meant.names) == (1, "王**")


def test_the_words_say_who(inside: Flask, scene: Scene) -> None:
    group = Group((scene.today.id,), (), ((scene.first.id, "高一（3）班"),), None, Presence.MISSING)
    words = words_of(group, names_in(scene.event.id, group))
    assert words == "清溪一中 高一（3）班、上午场、今天还没签到的人"
    assert words_of(Group(), names_in(scene.event.id, Group())) == "所有报了名的人"


def test_names_of_another_event_are_not_told(inside: Flask, scene: Scene) -> None:
    elsewhere = scene.make.event(title="别处", capacity=5)
    group = Group((elsewhere.slots[0].id,))
    assert names_in(scene.event.id, group)["names"] == []
    assert meant_by(scene.event.id, group, now()).people == 0


def test_classes_to_choose_are_one_however_they_are_written(inside: Flask, scene: Scene) -> None:
    chosen = [(one.name, one.people, one.classes) for one in schools_to_choose(scene.event.id)]
    assert chosen == [
        ("清溪一中", 3, {"高一3班": 2, "高二（1）班": 1}),
        ("清溪二中", 1, {"高一（3）班": 1}),
    ]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_address_says_the_same_as_the_group(inside: Flask) -> None:
    group = Group((1, 2), (3,), ((3, "高一（3）班"),), Standing.HELD, Presence.MISSING, 7)
    assert read_group(group.in_address) == group
    assert read_group({}) == Group()


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("name", ["slot", "school", "class", "standing", "presence", "unseen"])
@pytest.mark.parametrize("value", ["", "x", "-1", "0", "99999999999999", "1:", ":", "x:y", "\0", "1:" + "长" * 99])
def test_nonsense_is_not_asked(inside: Flask, name: str, value: str) -> None:
    assert read_group({name: [value]}) == replace(Group())
