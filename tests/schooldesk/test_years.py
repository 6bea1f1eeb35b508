"""A school year goes by: every class moves up, the last ones leave, and all of it can be taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.organisations.models import Organisation
from app.people.classes import classes_in_order
from app.people.models import Enrolment
from app.schooldesk.models import RollOver
from app.schooldesk.years.next_names import grade_of, next_name
from app.schooldesk.years.rolling_over import NameInUse, Step, TooLateToGoBack, TwoOfOneName, go_back, roll_over
from tests.factories import Factory
from tests.rosters import entered, typed


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("八年级（3）班", "九年级（3）班"),
        ("7年级1班", "8年级1班"),
        ("７年级１班", "８年级１班"),
        ("三（2）班", "四（2）班"),
        ("三2班", "四2班"),
        ("初一3班", "初二3班"),
        ("高中一年级 3班", "高中二年级 3班"),
        ("高二十班", "高三十班"),
        ("九年级1班", "十年级1班"),
        ("2025级1班", "2025级1班"),
        ("2025届 1 班", "2025届 1 班"),
        ("阳光班", "阳光班"),
    ],
)
def test_a_class_keeps_its_spelling(inside: Flask, name: str, following: str) -> None:
    assert next_name(name) == following


@pytest.mark.parametrize("engine", ["sqlite"])
def test_grades_are_counted_through(inside: Flask) -> None:
    names = ["三（2）班", "初一3班", "九年级1班", "高三1班", "2025级1班"]
    assert [grade_of(name) for name in names] == [3, 7, 9, 12, None]


def a_school(make: Factory) -> tuple[Organisation, list[int]]:
    """Make a school with a class of each grade, a pupil each."""
    school = make.school()
    for number, name in enumerate(("七年级1班", "八年级1班", "九年级1班")):
        entered(make, make.school_class(school, name), typed(f"王{'甲乙丙'[number]}"), key=name)
    return school, [one.id for one in classes_in_order(school.id)]


def move_up(make: Factory, school: Organisation, ids: list[int]) -> RollOver:
    """Let the year go by."""
    steps = [Step(ids[0], "八年级1班"), Step(ids[1], "九年级1班"), Step(ids[2], None)]
    return make.do(roll_over, school.id, steps, "2026", by=make.user().id, at=now())


def pupils() -> dict[str, str]:
    """Return the class of each pupil who is at school."""
    here = select(Enrolment).where(Enrolment.ended_at.is_(None))
    return {one.person.name: one.class_name for one in db.session.scalars(here)}


def test_classes_move_up_with_their_pupils_and_the_last_leaves(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    move_up(make, school, ids)
    assert pupils() == {"王甲": "八年级1班", "王乙": "九年级1班"}
    assert [one.name for one in classes_in_order(school.id, archived=True)] == ["九年级1班"]


def test_the_same_step_twice_is_one_year(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    assert move_up(make, school, ids).id == move_up(make, school, ids).id
    assert pupils() == {"王甲": "八年级1班", "王乙": "九年级1班"}


def test_it_is_taken_back_as_one_step(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    before = pupils()
    made = move_up(make, school, ids)
    for _ in range(2):
        make.do(go_back, made.id, by=make.user().id, at=now())
    assert pupils() == before
    assert [one.id for one in classes_in_order(school.id)] == ids


def test_who_is_at_another_school_by_then_stays_there(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    made = move_up(make, school, ids)
    left = db.session.scalars(select(Enrolment).where(Enrolment.ended_at.is_not(None))).one()
    high = make.school()
    make.enrolment(left.person, high)
    make.do(go_back, made.id, by=make.user().id, at=now())
    assert pupils()["王丙"] == "高二（3）班"


def test_two_classes_of_one_name_are_refused(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    steps = [Step(ids[0], "八年级1班"), Step(ids[1], "8年级（1）班")]
    with pytest.raises(TwoOfOneName):
        make.do(roll_over, school.id, steps, "2026", by=make.user().id, at=now())
    with pytest.raises(TwoOfOneName):
        make.do(roll_over, school.id, [Step(ids[0], "九年级1班")], "2027", by=make.user().id, at=now())


def test_a_class_that_came_since_or_a_month_keeps_it_from_going_back(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    made = move_up(make, school, ids)
    with pytest.raises(TooLateToGoBack):
        make.do(go_back, made.id, by=make.user().id, at=now() + timedelta(days=30))
    make.school_class(school, "七年级1班")
    with pytest.raises(NameInUse):
        make.do(go_back, made.id, by=make.user().id, at=now())


def test_what_was_signed_up_for_keeps_the_class_of_then(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    place = make.registration(age=20, school=school, class_name="七年级1班")
    move_up(make, school, ids)
    assert db.session.get_one(Registration, place.id).class_name == "七年级1班"


def test_another_schools_classes_stay(inside: Flask, make: Factory) -> None:
    school, ids = a_school(make)
    other = make.school_class(make.school(), "七年级1班")
    make.do(roll_over, school.id, [Step(other.id, None)], "2026", by=make.user().id, at=now())
    assert other.archived_at is None
    assert len(ids) == 3
