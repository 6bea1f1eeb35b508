"""Claim slips: once, the latest one, only for whoever knows the birth date, the pupil or the guardian."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.accounts.problems import SlipOver, TriedTooOften
from app.core.clock import now
from app.core.db import db
from app.people.models import ActsFor, Person, Relation, SchoolClass
from app.schooldesk.claims import claiming, slips
from app.schooldesk.claims.problems import AccountActsForOthers, WrongBirthDate
from app.schooldesk.models import ClaimSlip
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed


def a_slip(make: Factory, age: int = 10) -> ClaimSlip:
    """Make a slip for a pupil of an age."""
    one = a_class(make)
    entered(make, one, typed(born_on=born(age)), key=f"slip of {age}")
    person_id = db.session.scalars(select(Person.id).order_by(Person.id.desc())).first()
    make.do(slips.make_slips, one.id, {person_id}, by=make.user().id, at=now())
    return db.session.scalars(select(ClaimSlip).where(ClaimSlip.person_id == person_id)).one()


def claim(make: Factory, slip: ClaimSlip, user: User) -> Person:
    """Take the pupil over."""
    return make.do(slips.claim, slips.code_of(slip), slip.person.born_on, user.id, at=now())


@pytest.mark.parametrize(("age", "relation"), [(10, Relation.CHILD), (13, Relation.CHILD), (14, Relation.ONESELF)])
def test_from_fourteen_on_it_is_the_pupils_own(inside: Flask, make: Factory, age: int, relation: Relation) -> None:
    slip, user = a_slip(make, age), make.user()
    claim(make, slip, user)
    (acting,) = db.session.scalars(select(ActsFor).where(ActsFor.user_id == user.id)).all()
    assert (acting.person_id, acting.relation) == (slip.person_id, relation)


def test_it_counts_once_and_twice_for_the_same_account_is_once(inside: Flask, make: Factory) -> None:
    slip, user = a_slip(make), make.user()
    assert claim(make, slip, user).id == claim(make, slip, user).id
    with pytest.raises(SlipOver):
        claim(make, slip, make.user())


def test_a_new_one_makes_the_old_one_worthless(inside: Flask, make: Factory) -> None:
    old = a_slip(make)
    one = db.session.scalars(select(Person).where(Person.id == old.person_id)).one()
    school_class = _class_of(old)
    make.do(slips.make_slips, school_class, {one.id}, by=make.user().id, at=now())
    with pytest.raises(SlipOver):
        claim(make, old, make.user())


def _class_of(slip: ClaimSlip) -> int:
    return db.session.scalars(select(SchoolClass.id).where(SchoolClass.school_id == slip.school_id)).one()


def test_after_thirty_days_it_is_over(inside: Flask, make: Factory) -> None:
    slip = a_slip(make)
    with pytest.raises(SlipOver):
        make.do(slips.claim, slips.code_of(slip), slip.person.born_on, make.user().id, at=now() + timedelta(days=30))


def test_whoever_found_it_cannot_try_birth_dates(inside: Flask, make: Factory) -> None:
    slip, finder = a_slip(make), make.user()
    for day in range(1, 11):
        with pytest.raises(WrongBirthDate):
            claiming.claim_with(finder.id, slip, slip.person.born_on + timedelta(days=day), at=now())
    with pytest.raises(TriedTooOften):
        claiming.claim_with(finder.id, slip, slip.person.born_on, at=now())


def test_codes_cannot_be_tried(inside: Flask, make: Factory) -> None:
    slip = a_slip(make)
    for number in range(10):
        with pytest.raises(SlipOver):
            claiming.read_slip(f"{number:016d}", "one browser", at=now())
    with pytest.raises(TriedTooOften):
        claiming.read_slip(slips.code_of(slip), "one browser", at=now())
    assert claiming.read_slip(slips.code_of(slip), "another", at=now()).id == slip.id


def test_a_parents_account_does_not_become_the_pupils(inside: Flask, make: Factory) -> None:
    slip, parent = a_slip(make, 15), make.user()
    make.person(parent, name="弟弟", age=8)
    with pytest.raises(AccountActsForOthers):
        claim(make, slip, parent)


def test_a_pupil_has_one_account_and_no_further_slip(inside: Flask, make: Factory) -> None:
    slip = a_slip(make, 15)
    claim(make, slip, make.user())
    assert make.do(slips.make_slips, _class_of(slip), {slip.person_id}, by=make.user().id, at=now()) == 0


def test_the_database_has_no_code(inside: Flask, make: Factory) -> None:
    slip = a_slip(make)
    row = db.session.execute(select(ClaimSlip.__table__).where(ClaimSlip.id == slip.id)).one()
    assert slips.code_of(slip) not in str(tuple(row))
    assert re.fullmatch("[0-9A-Z]{16}", slips.code_of(slip))


def test_on_the_fourteenth_birthday_it_becomes_the_pupils_own(inside: Flask, make: Factory) -> None:
    slip = a_slip(make, 13)
    with time_machine.travel(slip.person.fourteen_on.isoformat() + "T00:01:00+08:00", tick=False):
        assert slips.relation_of(slip.person, now()) is Relation.ONESELF
    with time_machine.travel(slip.person.fourteen_on.isoformat() + "T00:01:00+14:00", tick=False):
        assert slips.relation_of(slip.person, now()) is Relation.CHILD
