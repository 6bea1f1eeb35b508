"""转入、转出: asked without learning anything, confirmed by the old school, which sees the pupil no more."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.models import Enrolment
from app.people.queries import current_enrolment
from app.schooldesk.claims.slips import make_slips
from app.schooldesk.models import ClaimSlip, Transfer
from app.schooldesk.queries import registrations_of_school
from app.schooldesk.transfers import operations
from app.schooldesk.transfers.operations import AnsweredAlready, LeftAlready, Newcomer, TooManyOpen
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed


def ask(make: Factory, old: Organisation, new: Organisation, name: str = "王芳") -> Transfer:
    """Ask for a pupil."""
    newcomer = Newcomer(name, born(10), old.id, "五年级1班")
    return make.do(operations.ask, newcomer, new.id, by=make.user().id, at=now())


def two_schools(make: Factory) -> tuple[Organisation, Organisation]:
    """Make two schools, and a pupil of the first."""
    old, new = make.school(), make.school()
    entered(make, a_class(make, old), typed())
    return old, new


def seen_by(school: Organisation) -> list[Transfer]:
    """Return what a school is asked."""
    return list(db.session.scalars(operations.asked_of(frozenset({school.id}))))


def test_the_old_school_confirms_and_the_pupil_is_the_new_ones(inside: Flask, make: Factory) -> None:
    old, new = two_schools(make)
    asked = ask(make, old, new)
    assert [one.id for one in seen_by(old)] == [asked.id]
    for _ in range(2):
        make.do(operations.confirm, asked.id, by=make.user().id, at=now())
    enrolment = current_enrolment(asked.person_id or 0)
    assert enrolment
    assert (enrolment.school_id, enrolment.class_name) == (new.id, "五年级1班")
    assert enrolment.confirmed_at is not None


def test_history_stays_with_the_school_of_the_sign_up(inside: Flask, make: Factory) -> None:
    old, new = make.school(), make.school()
    place = make.registration(name="王芳", born_on=born(20), school=old, class_name="高三1班")
    known = db.session.scalars(select(Enrolment)).one()
    make.do(_confirm, known.id)
    newcomer = Newcomer("王芳", born(20), old.id, "高三2班")
    asked = make.do(operations.ask, newcomer, new.id, by=make.user().id, at=now())
    make.do(operations.confirm, asked.id, by=make.user().id, at=now())
    assert [one.id for one in db.session.scalars(registrations_of_school(old.id))] == [place.id]
    assert db.session.scalars(registrations_of_school(new.id)).all() == []


def _confirm(enrolment_id: int) -> None:
    db.session.get_one(Enrolment, enrolment_id).confirmed_at = now()


def test_whether_there_is_such_a_pupil_is_not_told(inside: Flask, make: Factory) -> None:
    old, new = two_schools(make)
    real, made_up = ask(make, old, new), ask(make, old, new, "王不在")
    shown = db.session.scalars(operations.asked_by(frozenset({new.id}))).all()
    assert [(one.answer, one.answered_at) for one in shown] == [(None, None)] * 2
    assert [one.id for one in seen_by(old)] == [real.id]
    assert made_up.person_id is None


def test_asking_twice_is_once_and_nobody_asks_for_everybody(inside: Flask, make: Factory) -> None:
    old, new = two_schools(make)
    assert ask(make, old, new).id == ask(make, old, new).id
    for number in range(operations.MOST_OPEN - 1):
        ask(make, old, new, "王" * (number + 3))
    with pytest.raises(TooManyOpen):
        ask(make, old, new, "再一个")


def test_refused_or_withdrawn_the_pupil_stays(inside: Flask, make: Factory) -> None:
    old, new = two_schools(make)
    asked = ask(make, old, new)
    make.do(operations.refuse, asked.id, by=make.user().id, at=now())
    with pytest.raises(AnsweredAlready):
        make.do(operations.confirm, asked.id, by=make.user().id, at=now())
    again = ask(make, old, new)
    make.do(operations.withdraw, again.id, by=make.user().id, at=now())
    enrolment = current_enrolment(asked.person_id or 0)
    assert enrolment
    assert enrolment.school_id == old.id


def test_of_two_schools_that_ask_one_gets_the_pupil(inside: Flask, make: Factory) -> None:
    old, new = two_schools(make)
    first, second = ask(make, old, new), ask(make, old, make.school())
    make.do(operations.confirm, first.id, by=make.user().id, at=now())
    with pytest.raises(LeftAlready):
        make.do(operations.confirm, second.id, by=make.user().id, at=now())


def test_the_old_schools_slip_is_worth_nothing_then(inside: Flask, make: Factory) -> None:
    old, new = make.school(), make.school()
    one = a_class(make, old)
    entered(make, one, typed())
    asked = ask(make, old, new)
    make.do(make_slips, one.id, {asked.person_id}, by=make.user().id, at=now())
    make.do(operations.confirm, asked.id, by=make.user().id, at=now())
    assert db.session.scalars(select(ClaimSlip)).one().voided_at is not None
