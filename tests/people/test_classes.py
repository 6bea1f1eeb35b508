"""A school's classes, and the many ways in which one is written."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import db
from app.people import classes
from app.people.class_names import class_key, school_order
from app.people.classes import ClassWords, classes_in_order
from app.people.models import Enrolment, SchoolClass
from app.people.operations import Details, ask_school, edit_person
from app.people.problems import ClassKnown
from app.schooldesk.history import VOCABULARY
from tests.factories import Factory, born


def called(school_id: int) -> list[str]:
    """Return what the school's classes are called, in their order."""
    return [one.name for one in classes_in_order(school_id)]


def class_of(enrolment: Enrolment) -> str:
    """Return the class a pupil is in now."""
    return db.session.scalars(select(Enrolment.class_name).where(Enrolment.id == enrolment.id)).one()


@pytest.mark.parametrize(
    "written",
    [
        "八年级（3）班",
        "八年级(3)班",
        "八年级3班",
        "八年级 3 班",
        "８年级３班",
        "八年级三班",
        "八年级【3】班",
        "8年级-3班",
        "八年级〔3〕班",
    ],
)
def test_a_class_is_recognised_however_it_is_written(written: str) -> None:
    assert class_key(written) == class_key("八年级（3）班")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("八年级3班", "八年级13班"),
        ("八年级3班", "七年级3班"),
        ("高一（1）班", "高十一班"),
        ("2024级3班", "2025级3班"),
        ("3A班", "3B班"),
        ("阳光班", "春雨班"),
    ],
)
def test_two_classes_are_two(one: str, other: str) -> None:
    assert class_key(one) != class_key(other)


SCHOOL_ORDER = [
    "一年级（2）班",
    "三（1）班",
    "三年级2班",
    "六年级1班",
    "七年级（2）班",
    "初一（3）班",
    "八年级（1）班",
    "八年级（9）班",
    "八年级（十）班",
    "八年级实验班",
    "初三1班",
    "高一（1）班",
    "高中一年级2班",
    "高一（12）班",
    "高二（1）班",
    "高三（1）班",
    "1班",
    "2026级3班",
    "实验班",
    "阳光班",
]


def test_classes_come_in_the_order_people_count_them(inside: Flask, make: Factory) -> None:
    school = make.school()
    for name in sorted(SCHOOL_ORDER):
        make.school_class(school, name)
    assert called(school.id) == SCHOOL_ORDER


@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_does_not_hang_on_the_order_before(turn: int) -> None:
    assert sorted(SCHOOL_ORDER[::turn], key=school_order) == SCHOOL_ORDER


def test_a_school_has_a_class_once_and_another_school_has_its_own(inside: Flask, make: Factory) -> None:
    school = make.school()
    make.school_class(school, "八年级（3）班")
    with pytest.raises(ClassKnown) as known:
        make.school_class(school, "8年级3班")
    assert "八年级（3）班" in known.value.message
    make.school_class(make.school(), "8年级3班")
    assert db.session.scalar(select(func.count()).select_from(SchoolClass)) == 2


def test_several_classes_come_at_once_and_those_that_are_there_are_left_alone(inside: Flask, make: Factory) -> None:
    school = make.school()
    make.school_class(school, "七年级1班", form_teacher="周老师")
    lines = [ClassWords("七年级（1）班"), ClassWords("七年级2班"), ClassWords("七年级 2 班")]
    assert make.do(classes.add_classes, school.id, lines, by=make.user().id, at=now()) == 1
    assert called(school.id) == ["七年级1班", "七年级2班"]


def test_a_class_that_has_left_is_put_away_and_brought_back(inside: Flask, make: Factory) -> None:
    one = make.school_class(make.school())
    asked = {"by": make.user().id, "at": now()}
    for _ in range(2):
        make.do(classes.archive_class, one.id, **asked)
    assert called(one.school_id) == []
    for _ in range(2):
        make.do(classes.bring_back_class, one.id, **asked)
    assert called(one.school_id) == [one.name]
    history = [line for change in changes_of(classes.RECORD, [one.id]) for line in told(change, VOCABULARY)]
    assert history == ["恢复", "归档", "新增"]


def test_it_does_not_come_back_beside_a_new_one_of_its_name(inside: Flask, make: Factory) -> None:
    one = make.school_class(make.school(), "七年级1班")
    make.do(classes.archive_class, one.id, by=make.user().id, at=now())
    school = one.school_id
    make.do(classes.add_class, school, ClassWords("七年级（1）班"), by=make.user().id, at=now())
    with pytest.raises(ClassKnown):
        make.do(classes.bring_back_class, one.id, by=make.user().id, at=now())
    assert called(school) == ["七年级（1）班"]


def test_what_a_pupil_types_becomes_the_schools_own_name_of_the_class(inside: Flask, make: Factory) -> None:
    school = make.school()
    make.school_class(school, "八年级（3）班")
    names = {"8年级3班": "八年级（3）班", "八年级4班": "八年级4班", "": ""}
    for typed, kept in names.items():
        enrolment = make.do(ask_school, make.person().id, school.id, typed, at=now())
        assert class_of(enrolment) == kept


def test_pupils_who_came_first_are_called_as_the_school_does(inside: Flask, make: Factory) -> None:
    school, other = make.school(), make.school()
    mine = make.do(ask_school, make.person().id, school.id, "8年级3班", at=now())
    elsewhere = make.do(ask_school, make.person().id, other.id, "8年级3班", at=now())
    make.school_class(school, "八年级（3）班")
    assert (class_of(mine), class_of(elsewhere)) == ("八年级（3）班", "8年级3班")


def test_pupils_move_with_the_name_of_their_class(inside: Flask, make: Factory) -> None:
    school = make.school()
    one = make.school_class(school, "八年级3班", entered_year=2025)
    pupil = make.do(ask_school, make.person().id, school.id, "八年级3班", at=now())
    words = ClassWords("九年级3班", "周老师", 2025)
    edited = make.do(classes.edit_class, one.id, words, by=make.user().id, at=now())
    assert (edited.name, edited.form_teacher) == ("九年级3班", "周老师")
    assert class_of(pupil) == "九年级3班"


def test_a_class_is_not_renamed_to_another_one(inside: Flask, make: Factory) -> None:
    school = make.school()
    one = make.school_class(school, "七年级1班")
    make.school_class(school, "七年级2班")
    with pytest.raises(ClassKnown):
        make.do(classes.edit_class, one.id, ClassWords("七年级（2）班"), by=make.user().id, at=now())
    spelled = make.do(classes.edit_class, one.id, ClassWords("七年级（1）班"), by=make.user().id, at=now())
    assert spelled.name == "七年级（1）班"


def test_another_spelling_of_the_same_class_is_not_asked_anew(inside: Flask, make: Factory) -> None:
    school = make.school()
    person = make.person(school=school, class_name="八年级3班")
    details = Details(person.name, born(16), school.id, "八年级（3）班")
    make.do(edit_person, person.id, details, at=now())
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 1


def test_renaming_a_class_that_has_left_moves_nobody_out_of_the_new_one(inside: Flask, make: Factory) -> None:
    school, by = make.school(), make.user().id
    gone = make.school_class(school, "七年级1班")
    make.do(classes.archive_class, gone.id, by=by, at=now())
    make.school_class(school, "七年级1班")
    pupil = make.do(ask_school, make.person().id, school.id, "七年级1班", at=now())
    make.do(classes.edit_class, gone.id, ClassWords("2025 届 1 班"), by=by, at=now())
    assert class_of(pupil) == "七年级1班"
