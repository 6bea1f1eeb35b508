"""Correcting what was typed about oneself or a child."""

import pytest
from flask import Flask

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.registration.operations import cancel
from app.people.models import Enrolment, Person
from tests.factories import Factory, born
from tests.signing_in import Personas


@pytest.fixture
def parent(make: Factory) -> User:
    """Somebody with an account."""
    return make.user()


def typed(person: Person, **changes: str) -> dict[str, str]:
    """Return the form as it is shown, with changes."""
    whole = {"name": person.name, "born_on": f"{person.born_on:%Y%m%d}", "school_id": "none", "class_name": ""}
    return whole | changes


def read(app: Flask, person: Person) -> Person:
    """Return the person as stored now."""
    with app.app_context():
        return db.session.get_one(Person, person.id)


def test_a_mistyped_name_is_corrected(personas: Personas, parent: User, make: Factory, app: Flask) -> None:
    child = make.person(parent, name="林小雨")
    browser = personas.young(parent)
    assert "林小雨" in browser.get(f"/mine/persons/{child.id}").text
    answer = browser.post(f"/mine/persons/{child.id}", data=typed(child, name="曾晓雨"), follow_redirects=True)
    assert "已保存" in answer.text
    assert (read(app, child).name, read(app, child).name_pinyin) == ("曾晓雨", "zengxiaoyu")


def test_another_school_is_asked_anew(personas: Personas, parent: User, make: Factory, app: Flask) -> None:
    old, new = make.school(), make.school()
    child = make.person(parent)
    make.enrolment(child, old)
    data = typed(child, school_id=str(new.id), class_name="八年级1班")
    personas.young(parent).post(f"/mine/persons/{child.id}", data=data)
    with app.app_context():
        found = db.session.query(Enrolment).filter_by(person_id=child.id).order_by(Enrolment.id).all()
    assert [(one.school_id, one.ended_at is None, one.is_open) for one in found] == [
        (old.id, False, False),
        (new.id, True, True),
    ]


def test_saving_without_a_change_keeps_the_schools_answer(
    personas: Personas, parent: User, make: Factory, app: Flask
) -> None:
    school, child = make.school(), make.person(parent)
    enrolment = make.enrolment(child, school)
    data = typed(child, school_id=str(school.id), class_name=enrolment.class_name)
    personas.young(parent).post(f"/mine/persons/{child.id}", data=data)
    with app.app_context():
        assert db.session.get_one(Enrolment, enrolment.id).confirmed_at


def test_a_birth_date_is_corrected_only_while_no_place_leans_on_it(
    personas: Personas, parent: User, make: Factory, app: Flask
) -> None:
    registration = make.registration(user=parent, age=12)
    child, browser = make.do(db.session.get_one, Person, registration.person_id), personas.young(parent)
    right = typed(child, born_on=f"{born(15):%Y%m%d}")
    refused = browser.post(f"/mine/persons/{child.id}", data=right)
    assert refused.status_code == 422
    assert "先取消报名" in refused.text
    make.do(cancel, registration.id, by=parent.id, at=now())
    assert browser.post(f"/mine/persons/{child.id}", data=right).status_code == 303
    assert read(app, child).born_on == born(15)


def test_somebody_elses_child_is_nothing_to_a_stranger(personas: Personas, make: Factory, app: Flask) -> None:
    child = make.person(name="王芳")
    address = f"/mine/persons/{child.id}"
    assert personas.young().get(address).status_code == 404
    assert personas.young().post(address, data=typed(child, name="李娜")).status_code == 404
    assert read(app, child).name == "王芳"


def test_what_is_wrong_is_said_and_the_rest_stays(personas: Personas, parent: User, make: Factory) -> None:
    child = make.person(parent)
    answer = personas.young(parent).post(
        f"/mine/persons/{child.id}", data=typed(child, name="林小天（高一）", born_on="20100230", class_name="高一")
    )
    assert answer.status_code == 422
    assert "只写姓名" in answer.text
    assert "没有这一天" in answer.text
    assert "林小天（高一）" in answer.text
