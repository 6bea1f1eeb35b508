"""Taking a class's list in: who is new, who is here, who has to be asked about; and taking it back as one step."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.consents.models import Guardian
from app.people.models import ActsFor, Enrolment, Person, Relation, SchoolClass
from app.schooldesk.rosters.matching import outcomes
from app.schooldesk.rosters.models import Effect
from app.schooldesk.rosters.problems import LineUnclear, TooLateToTakeBack
from app.schooldesk.rosters.taking_in import take_in
from app.schooldesk.rosters.undoing import take_back
from tests.factories import Factory, born
from tests.rosters import a_class, entered, lines, typed


def effects(one: SchoolClass, *texts: dict[str, str]) -> list[Effect]:
    """Return what will become of lines."""
    return [outcome.effect for outcome in outcomes(one, lines(*texts))]


def pupils() -> list[str]:
    """Return the names of all confirmed pupils."""
    confirmed = select(Person.name).join(Person.enrolments).where(Enrolment.confirmed_at.is_not(None))
    return list(db.session.scalars(confirmed))


def test_who_is_new_becomes_a_pupil_without_an_account(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    taken = entered(make, one, typed(gender="女", student_no="7", guardian="王建国", phone="13800138000"))
    person = db.session.scalars(select(Person).where(Person.name == "王芳")).one()
    assert (taken.entered, person.gender, person.student_no) == (1, "female", "7")
    assert pupils() == ["王芳"]
    (guardian,) = db.session.scalars(select(Guardian)).all()
    assert guardian.contact
    assert (guardian.source, guardian.school_id, guardian.contact.phone) == ("roster", one.school_id, "13800138000")


def test_the_same_list_twice_enters_nobody_twice(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    first = entered(make, one, typed())
    assert entered(make, one, typed()).id == first.id
    assert effects(one, typed()) == [Effect.SAME]
    assert entered(make, one, typed(), key="another").entered == 0
    assert pupils() == ["王芳"]


def test_who_asked_and_is_on_the_list_is_confirmed(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    person = make.person(name="王芳", age=10)
    make.enrolment(person, _school(one), is_confirmed=False)
    line = typed(born_on=person.born_on, phone="13800138000")
    (outcome,) = outcomes(one, lines(line))
    assert outcome.changes == {"class", "confirmed", "guardian"}
    entered(make, one, line)
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.name == "王芳")) == 1
    assert pupils() == ["王芳"]


def _school(one: SchoolClass) -> Organisation:
    return db.session.get_one(Organisation, one.school_id)


def test_another_schools_pupil_is_not_found(inside: Flask, make: Factory) -> None:
    there, here = a_class(make), a_class(make)
    entered(make, there, typed(phone="13800138000"))
    assert effects(here, typed()) == [Effect.NEW]


def test_another_birth_date_asks_who_it_is(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    entered(make, one, typed())
    other = typed(born_on=born(10) + timedelta(days=1))
    assert effects(one, other) == [Effect.UNCLEAR]
    with pytest.raises(LineUnclear):
        entered(make, one, other, key="unclear")
    known = db.session.scalars(select(Enrolment)).one()
    entered(make, one, other, key="same", choices=(str(known.id),))
    assert known.person.born_on == date.fromisoformat(other["born"])
    entered(make, one, typed(), key="two", choices=("new",))
    assert pupils() == ["王芳", "王芳"]


def test_a_birth_date_that_a_place_leans_on_stays(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    place = make.registration(name="王芳", age=10, school=_school(one))
    known = db.session.scalars(select(Enrolment).where(Enrolment.person_id == place.person_id)).one()
    line = lines(typed(born_on=born(15)), choices=(str(known.id),))
    (outcome,) = outcomes(one, line)
    assert (outcome.effect, outcome.is_leaned_on) == (Effect.UNCLEAR, True)
    with pytest.raises(LineUnclear):
        make.do(take_in, one.id, line, "older", by=make.user().id, at=now())


def test_a_list_is_taken_back_as_one_step(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    entered(make, one, typed("李娜", phone="13800138000"), key="before")
    taken = entered(make, one, typed("王芳", phone="13800138001"), typed("李娜", phone="13900139000"))
    assert make.do(take_back, taken.id, by=make.user().id, at=now()) == []
    assert pupils() == ["李娜"]
    (guardian,) = db.session.scalars(select(Guardian).where(Guardian.removed_at.is_(None))).all()
    assert guardian.contact
    assert guardian.contact.phone == "13800138000"
    assert make.do(take_back, taken.id, by=make.user().id, at=now()) == []


def test_whoever_was_taken_over_or_signed_up_stays(inside: Flask, make: Factory) -> None:
    one = a_class(make)
    taken = entered(make, one, typed("王芳"), typed("李娜"))
    person = db.session.scalars(select(Person).where(Person.name == "李娜")).one()
    make.do(_acts_for, person.id, make.user().id)
    assert make.do(take_back, taken.id, by=make.user().id, at=now()) == ["李娜"]
    assert pupils() == ["李娜"]


def _acts_for(person_id: int, user_id: int) -> None:
    db.session.add(ActsFor(user_id=user_id, person_id=person_id, relation=Relation.CHILD, since=now()))


def test_after_a_week_it_stays(inside: Flask, make: Factory) -> None:
    taken = entered(make, a_class(make), typed())
    with pytest.raises(TooLateToTakeBack):
        make.do(take_back, taken.id, by=make.user().id, at=now() + timedelta(days=7))
