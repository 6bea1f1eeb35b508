"""A guardian on the own page corrects what is the family's, and asks the school about the rest."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.care.correcting.models import DataCorrection
from app.core.changes import Change
from app.core.clock import now
from app.core.db import db
from app.people.models import Enrolment, Person
from app.people.needs import needs_of
from tests.consents import guardian_places
from tests.factories import Factory
from tests.papers import opened_page
from tests.signing_in import Personas

WRONG = {"name": "何小岳"}


@pytest.fixture
def page(make: Factory, personas: Personas) -> str:
    """The address of an opened page about 何小月, a pupil of the school."""
    code = opened_page(make, make.event(personas.host))
    make.do(_own, personas.school.id)
    return f"/G/{code}"


def _own(school_id: int) -> None:
    child = db.session.query(Person).filter(Person.name == "何小月").one()
    asked = {"class_name": "六年级1班", "boards": False, "asked_at": now(), "confirmed_at": now()}
    db.session.add(Enrolment(person_id=child.id, school_id=school_id, **asked))


def child(app: Flask) -> Person:
    with app.app_context():
        return db.session.query(Person).filter(Person.name.in_(("何小月", "何小岳"))).one()


def correction(app: Flask) -> DataCorrection | None:
    with app.app_context():
        return db.session.query(DataCorrection).order_by(DataCorrection.id.desc()).first()


def test_phone_and_needs_are_written_at_once(app: Flask, client: FlaskClient, page: str) -> None:
    typed = {"phone": "13811112222", "diet": "halal", "health": "花粉过敏"}
    assert client.post(f"{page}/correction", data=typed).status_code == 303
    assert child(app).phone == "13811112222"
    with app.app_context():
        assert needs_of(child(app).id).health == "花粉过敏"
    shown = client.get(f"{page}/correction")
    assert "花粉过敏" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


def test_whoever_refused_notes_reads_that_nobody_will_read_them(
    client: FlaskClient, personas: Personas, make: Factory
) -> None:
    begins = now() + timedelta(days=10)
    camp = make.event(personas.host, starts_at=begins, ends_at=begins + timedelta(days=2))
    assert "没有人会看到" in client.get(f"/G/{opened_page(make, camp)}/correction").text
    assert "没有人会看到" not in client.get(f"/G/{opened_page(make, make.event(personas.host))}/correction").text


def test_a_name_is_asked_of_the_school_which_puts_it_right(
    app: Flask, client: FlaskClient, personas: Personas, page: str
) -> None:
    assert client.post(f"{page}/correction/request", data=WRONG).status_code == 303
    assert child(app).name == "何小月"
    asked = correction(app)
    assert asked and "何小岳" in personas.school_office.get("/corrections").text
    for _twice in range(2):
        assert personas.school_office.post(f"/corrections/{asked.id}/done").status_code == 303
    assert child(app).name == "何小岳"
    assert "已经办好" in client.get(page).text
    with app.app_context():
        assert db.session.query(Change).filter(Change.what == "corrected").count() == 1


def test_the_school_says_why_not_and_the_guardian_reads_it(
    app: Flask, client: FlaskClient, personas: Personas, page: str
) -> None:
    client.post(f"{page}/correction/request", data=WRONG)
    asked = correction(app)
    assert asked
    address = f"/corrections/{asked.id}/refusal"
    assert personas.school_office.post(address, data={"why": ""}).status_code == 422
    assert personas.school_office.post(address, data={"why": "学籍上是“月”"}).status_code == 303
    assert "学籍上是“月”" in client.get(page).text
    assert child(app).name == "何小月"
    assert (
        "已经有人处理过了" in personas.school_office.post(f"/corrections/{asked.id}/done", follow_redirects=True).text
    )


def test_while_nobody_has_answered_a_second_time_takes_the_place_of_the_first(
    app: Flask, client: FlaskClient, page: str
) -> None:
    client.post(f"{page}/correction/request", data=WRONG)
    client.post(f"{page}/correction/request", data={"words": "班级是六年级2班"})
    with app.app_context():
        (row,) = db.session.query(DataCorrection).all()
        assert (row.name, row.words) == ("", "班级是六年级2班")


@pytest.mark.parametrize(
    "typed", [{}, {"name": "何小月"}, {"name": "月1"}, {"born_on": "20131"}, {"words": "好" * 301}]
)
def test_what_is_not_to_be_changed_is_said_and_stays_typed(
    app: Flask, client: FlaskClient, page: str, typed: dict[str, str]
) -> None:
    answer = client.post(f"{page}/correction/request", data=typed)
    assert answer.status_code == 422
    assert all(value in answer.text for value in typed.values())
    assert correction(app) is None


def test_a_birth_date_on_which_a_place_leans_is_not_changed_by_a_tap(
    app: Flask, client: FlaskClient, personas: Personas, make: Factory, page: str
) -> None:
    client.post(f"{page}/correction/request", data={"born_on": "20150101"})
    asked = correction(app)
    assert asked
    assert personas.school_office.post(f"/corrections/{asked.id}/done").status_code == 303
    assert child(app).born_on.year != 2015
    after = correction(app)
    assert after and after.decided_at is None


def test_neither_an_unproven_page_nor_another_school_nor_staff_gets_near(
    client: FlaskClient, personas: Personas, make: Factory, page: str, app: Flask
) -> None:
    places = guardian_places(make, make.event(personas.host), make.user("林建国"), make.school())
    for path in ("/correction", "/correction/request"):
        answer = client.post(f"/G/{places['guardian_page']}{path}", data=WRONG)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/G/{places['guardian_page']}")
    assert personas.school_office.post(f"/corrections/{places['correction']}/done").status_code == 404
    assert personas.staff.get("/corrections").status_code == 403
    assert client.get("/G/0000000000000000/correction").status_code == 404
