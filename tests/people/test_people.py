"""People, for whom accounts act, and their schools."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db, transact
from app.people import operations
from app.people.models import ActsFor, Enrolment, Person, Relation
from app.people.operations import Details, Newcomer
from app.people.problems import AlreadyOneself, OtherBirthDate, TooManyPersons
from app.people.queries import acted_for_by, acts_for, current_enrolment, named_like
from tests.factories import Factory, born


def newcomer(name: str = "林晓雨", relation: Relation = Relation.CHILD, age: int = 12) -> Newcomer:
    """Return what a parent types."""
    return Newcomer(Details(name, born(age), None, ""), relation, "13712345678")


def people() -> int:
    """Return how many people there are."""
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_the_same_person_twice_is_the_first_again(inside: Flask, make: Factory) -> None:
    user = make.user()
    first = make.do(operations.add_person, newcomer(), user_id=user.id, at=now())
    second = make.do(operations.add_person, newcomer(), user_id=user.id, at=now())
    assert second.id == first.id
    assert people() == 1


def test_the_same_person_entered_by_many_taps_at_once_is_one(app: Flask, make: Factory) -> None:
    user, taps = make.user(), 6
    together = Barrier(taps)

    def tap(_number: int) -> int:
        with app.app_context():
            together.wait()
            return transact(operations.add_person, newcomer(), user_id=user.id, at=now()).id

    with ThreadPoolExecutor(taps) as threads:
        entered = set(threads.map(tap, range(taps)))
    assert len(entered) == 1
    with app.app_context():
        assert people() == 1


def test_one_phone_has_several_children(inside: Flask, make: Factory) -> None:
    user = make.user()
    for child in (newcomer("林晓雨"), newcomer("林晓云"), newcomer("林晓风", age=9)):
        make.do(operations.add_person, child, user_id=user.id, at=now())
    assert [acting.person.name for acting in acted_for_by(user.id)] == ["林晓雨", "林晓云", "林晓风"]


def test_two_parents_enter_the_same_child_apart(inside: Flask, make: Factory) -> None:
    one, other = make.user(), make.user()
    person = make.do(operations.add_person, newcomer(), user_id=one.id, at=now())
    assert acts_for(one.id, person.id)
    assert not acts_for(other.id, person.id)
    assert make.do(operations.add_person, newcomer(), user_id=other.id, at=now()).id != person.id


def test_an_account_stands_for_oneself_once(inside: Flask, make: Factory) -> None:
    user = make.user()
    oneself = newcomer("周建国", Relation.ONESELF, 30)
    first = make.do(operations.add_person, oneself, user_id=user.id, at=now())
    assert make.do(operations.add_person, oneself, user_id=user.id, at=now()).id == first.id
    with pytest.raises(AlreadyOneself) as refused:
        make.do(operations.add_person, newcomer("李四", Relation.ONESELF, 30), user_id=user.id, at=now())
    assert "周建国" in refused.value.message
    assert people() == 1


def test_oneself_comes_first_then_the_children(inside: Flask, make: Factory) -> None:
    user = make.user()
    make.person(user, name="林晓雨")
    make.person(user, name="周建国", relation=Relation.ONESELF, age=40)
    assert [acting.person.name for acting in acted_for_by(user.id)] == ["周建国", "林晓雨"]


def test_a_person_is_found_by_name_pinyin_and_initials(inside: Flask, make: Factory) -> None:
    make.person(name="曾晓雨")
    make.person(name="王芳")
    for typed in ("曾", "曾晓雨", "zeng", "Zeng Xiao", "zxy", "ZX"):
        assert [one.name for one in db.session.scalars(select(Person).where(named_like(typed)))] == ["曾晓雨"]
    for typed in ("ceng", "%", "_", "晓雨"):
        assert not db.session.scalars(select(Person).where(named_like(typed))).all()


def enrolled(make: Factory) -> Enrolment:
    """Return somebody who says to be a pupil of a school that has not answered."""
    return make.enrolment(make.person(), make.school(), is_confirmed=False)


def test_a_school_that_was_typed_is_asked(inside: Flask, make: Factory) -> None:
    school = make.school()
    person = make.person(school=school, class_name="初二（3）班")
    enrolment = current_enrolment(person.id)
    assert enrolment is not None
    assert (enrolment.school_id, enrolment.class_name, enrolment.is_open) == (school.id, "初二（3）班", True)


Answer = Callable[..., int]


@pytest.mark.parametrize("answer", [operations.confirm_enrolments, operations.refuse_enrolments])
def test_a_school_answers_once_and_the_first_answer_holds(inside: Flask, make: Factory, answer: Answer) -> None:
    enrolment, by = enrolled(make), make.user().id
    numbers = ([enrolment.id], enrolment.school_id)
    assert make.do(answer, *numbers, by=by, at=now()) == 1
    stored = db.session.get_one(Enrolment, enrolment.id)
    first = (stored.confirmed_at, stored.refused_at, stored.answered_by_id)
    assert not stored.is_open
    for again in (operations.confirm_enrolments, operations.refuse_enrolments):
        assert make.do(again, *numbers, by=make.user().id, at=now()) == 0
    stored = db.session.get_one(Enrolment, enrolment.id)
    assert (stored.confirmed_at, stored.refused_at, stored.answered_by_id) == first


def test_one_school_cannot_answer_for_another(inside: Flask, make: Factory) -> None:
    enrolment, other = enrolled(make), make.school()
    assert make.do(operations.confirm_enrolments, [enrolment.id], other.id, by=make.user().id, at=now()) == 0
    assert not make.do(operations.reopen_enrolment, enrolment.id, other.id)
    assert db.session.get_one(Enrolment, enrolment.id).is_open


def test_an_answer_can_be_taken_back(inside: Flask, make: Factory) -> None:
    enrolment, by = enrolled(make), make.user().id
    make.do(operations.refuse_enrolments, [enrolment.id], enrolment.school_id, by=by, at=now())
    assert make.do(operations.reopen_enrolment, enrolment.id, enrolment.school_id)
    stored = db.session.get_one(Enrolment, enrolment.id)
    assert stored.is_open
    assert stored.answered_by_id is None


def test_relations_go_with_the_account_that_entered_them(inside: Flask, make: Factory) -> None:
    user = make.user()
    person = make.person(user, relation=Relation.ONESELF)
    assert db.session.scalars(select(ActsFor.relation).where(ActsFor.person_id == person.id)).all() == ["self"]


def test_a_name_known_with_another_birth_date_is_not_entered_again(inside: Flask, make: Factory) -> None:
    user = make.user()
    make.person(user, name="王芳", age=11)
    with pytest.raises(OtherBirthDate):
        make.person(user, name="王芳", age=16)


def test_an_account_is_a_family_and_not_a_crowd(inside: Flask, make: Factory) -> None:
    user = make.user()
    for letter in "甲乙丙丁戊己庚辛壬癸子丑":
        make.person(user, name=f"王{letter}")
    with pytest.raises(TooManyPersons):
        make.person(user, name="王寅")
