"""A slip for a pupil whom the family had entered itself: one child, in the same transaction."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.events.models import Registration
from app.events.registration.operations import register
from app.people.models import ActsFor, Person, Relation
from app.people.queries import current_enrolment
from app.schooldesk.claims import slips
from app.schooldesk.claims.problems import MayBeSameChild
from app.schooldesk.models import ClaimSlip
from tests.factories import PASSWORD, Factory, born
from tests.schooldesk.test_claims import a_slip
from tests.signing_in import Personas, signed_in


def people_of(user_id: int) -> list[Person]:
    """Return for whom an account acts, the first entered first."""
    acting = select(Person).join(ActsFor, ActsFor.person_id == Person.id).where(ActsFor.user_id == user_id)
    return list(db.session.scalars(acting.order_by(Person.id)))


@pytest.mark.parametrize(("age", "relation"), [(10, Relation.CHILD), (15, Relation.ONESELF)])
def test_the_same_child_is_one_person_with_school_and_sign_ups(
    inside: Flask, make: Factory, age: int, relation: Relation
) -> None:
    slip, family = a_slip(make, age), make.user()
    own = make.person(family, name="王芳", born_on=born(age), relation=relation)
    place = make.do(register, own.id, make.slot().id, by=family.id, at=now())
    code = slips.code_of(slip)
    with pytest.raises(MayBeSameChild):
        make.do(slips.claim, code, born(age), family.id, at=now())
    for _ in range(2):
        make.do(slips.claim, code, born(age), family.id, is_same=True, at=now())
    db.session.expire_all()
    (child,) = people_of(family.id)
    assert (child.id, child.name) == (slip.person_id, "王芳")
    assert db.session.get_one(Registration, place.id).person_id == child.id
    assert current_enrolment(child.id) is not None
    assert db.session.get_one(Person, own.id).merged_into_id == child.id
    assert db.session.get_one(ClaimSlip, slip.id).used_by_id == family.id


def test_a_namesake_stays_somebody_else(inside: Flask, make: Factory) -> None:
    slip, family = a_slip(make), make.user()
    make.person(family, name="王芳", born_on=born(10))
    make.do(slips.claim, slips.code_of(slip), born(10), family.id, is_same=False, at=now())
    assert [one.name for one in people_of(family.id)] == ["王芳", "王芳"]


def test_nobody_is_asked_about_a_sister_or_about_somebody_else_s_child(inside: Flask, make: Factory) -> None:
    slip, family = a_slip(make), make.user()
    make.person(family, name="王芬", born_on=born(10))
    make.person(name="王芳", born_on=born(10))
    make.do(slips.claim, slips.code_of(slip), born(10), family.id, at=now())
    assert [one.name for one in people_of(family.id)] == ["王芳", "王芬"]


def test_the_page_asks_once_the_birth_date_is_right(app: Flask, personas: Personas, make: Factory) -> None:
    with app.app_context():
        code = slips.code_of(a_slip(make))
    mother = make.user("李秀英")
    make.person(mother, name="王芳", born_on=born(10))
    browser = signed_in(app, mother)
    assert "same_child" not in browser.get(f"/L/{code}").text
    assert "same_child" not in browser.post(f"/L/{code}", data={"born_on": "2001-01-01"}).text
    asked = browser.post(f"/L/{code}", data={"born_on": str(born(10))})
    assert asked.status_code == 422
    assert 'name="same_child"' in asked.text
    done = browser.post(f"/L/{code}", data={"born_on": str(born(10)), "same_child": "same"})
    assert (done.status_code, done.location) == (303, "/mine")


def test_whoever_signs_in_on_the_slip_is_asked_too(app: Flask, make: Factory) -> None:
    with app.app_context():
        code = slips.code_of(a_slip(make))
    mother = make.user("李秀英", phone="13811112222")
    make.person(mother, name="王芳", born_on=born(10))
    form = {"born_on": str(born(10)), "holder_name": "李秀英", "phone": "13811112222", "password": PASSWORD}
    browser = app.test_client()
    assert browser.post(f"/L/{code}", data=form).status_code == 422
    assert browser.post(f"/L/{code}", data=form | {"same_child": "same"}).status_code == 303
    with app.app_context():
        assert len(people_of(mother.id)) == 1
