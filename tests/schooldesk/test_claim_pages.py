"""The pages of a claim slip: for whoever holds it, signed in or not, and for the school that prints it."""

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.people.models import ActsFor, Person, Relation
from app.schooldesk.claims import slips
from app.schooldesk.models import ClaimSlip
from tests.factories import PASSWORD, Factory, born
from tests.rosters import a_class, entered, typed
from tests.signing_in import Personas, signed_in


def printed(make: Factory, personas: Personas, *ages: int) -> tuple[int, list[str]]:
    """Enter pupils of some ages, let the school make slips, and return the class and the codes."""
    one = a_class(make, personas.school)
    entered(
        make, one, *(typed(f"王{'一二三四五六七八九十甲乙'[number]}", born(age)) for number, age in enumerate(ages))
    )
    page = personas.school_office.get(f"/school/classes/{one.id}/slips").text
    ticked = re.findall(r'name="person" value="(\d+)" checked', page)
    assert len(ticked) == len(ages)
    answer = personas.school_office.post(f"/school/classes/{one.id}/slips", data={"person": ticked})
    assert answer.status_code == 303
    with make.app.app_context():
        found = db.session.scalars(select(ClaimSlip).order_by(ClaimSlip.id)).all()
        return one.id, [slips.code_of(slip) for slip in found]


def relations(app: Flask) -> list[tuple[str, Relation]]:
    """Return who is acted for, and how."""
    with app.app_context():
        rows = db.session.execute(select(Person.name, ActsFor.relation).join(ActsFor.person).order_by(Person.id))
        return [(name, relation) for name, relation in rows]


def test_twelve_slips_are_two_sheets_and_each_code_is_on_them(personas: Personas, make: Factory) -> None:
    class_id, codes = printed(make, personas, *[10] * 12)
    answer = personas.school_office.get(f"/school/classes/{class_id}/slips.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pdf = pypdfium2.PdfDocument(BytesIO(answer.data))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert len(pdf) == 2
    assert all(f"{code[:4]} {code[4:8]}" in text for code in codes)
    assert "王一" in text


def test_a_pupil_without_a_phone_takes_the_account_over(app: Flask, personas: Personas, make: Factory) -> None:
    _, (code,) = printed(make, personas, 15)
    browser = app.test_client()
    assert "王一" in browser.get(f"/L/{code}").text
    form = {"born_on": born(15).strftime("%Y%m%d"), "identifier": "wangyi7", "password": PASSWORD}
    assert browser.post(f"/L/{code}", data=form).status_code == 303
    assert "王一" in browser.get("/mine").text
    assert relations(app) == [("王一", Relation.ONESELF)]
    assert app.test_client().get(f"/L/{code}").status_code == 404


def test_under_fourteen_the_guardian_does_and_the_child_has_no_password(
    app: Flask, personas: Personas, make: Factory
) -> None:
    _, (code,) = printed(make, personas, 12)
    browser = app.test_client()
    page = browser.get(f"/L/{code}").text
    assert 'name="holder_name"' in page
    assert 'name="identifier"' not in page
    form = {"born_on": str(born(12)), "holder_name": "王建国", "phone": "13900139000", "password": PASSWORD}
    assert browser.post(f"/L/{code}", data=form).status_code == 303
    assert relations(app) == [("王一", Relation.CHILD)]


def test_a_parent_with_an_account_needs_the_birth_date_alone(app: Flask, personas: Personas, make: Factory) -> None:
    _, (code, other) = printed(make, personas, 12, 9)
    parent = signed_in(app, make.user("王建国"))
    for each, age in ((code, 12), (other, 9)):
        assert parent.post(f"/L/{each}", data={"born_on": str(born(age))}).status_code == 303
    assert [relation for _, relation in relations(app)] == [Relation.CHILD, Relation.CHILD]


def test_a_wrong_birth_date_keeps_what_was_typed_and_opens_nothing(
    app: Flask, personas: Personas, make: Factory
) -> None:
    _, (code,) = printed(make, personas, 15)
    form = {"born_on": str(born(15) + timedelta(days=1)), "identifier": "wangyi7", "password": PASSWORD}
    answer = app.test_client().post(f"/L/{code}", data=form)
    assert answer.status_code == 422
    assert "wangyi7" in answer.text
    assert relations(app) == []


def test_the_code_may_be_typed_as_people_type(app: Flask, personas: Personas, make: Factory) -> None:
    _, (code,) = printed(make, personas, 15)
    spelt = " ".join(code.lower()[at : at + 4] for at in range(0, 16, 4))
    answer = app.test_client().post("/claim", data={"code": spelt})
    assert (answer.status_code, answer.location) == (303, f"/L/{code}")
    assert app.test_client().post("/claim", data={"code": "0000000000000000"}).status_code == 422


@pytest.mark.parametrize("path", ["slips", "slips.pdf"])
def test_another_schools_class_is_nowhere(app: Flask, personas: Personas, make: Factory, path: str) -> None:
    class_id, _ = printed(make, personas, 10)
    office = signed_in(app, make.member(make.school()))
    assert office.get(f"/school/classes/{class_id}/{path}").status_code == 404
    assert office.post(f"/school/classes/{class_id}/slips", data={"person": "1"}).status_code == 404


def test_another_classs_pupils_get_no_slip_here(app: Flask, personas: Personas, make: Factory) -> None:
    class_id, _ = printed(make, personas, 10)
    stranger = make.person(name="别校生", school=make.school())
    personas.school_office.post(f"/school/classes/{class_id}/slips", data={"person": stranger.id})
    with app.app_context():
        assert db.session.scalars(select(ClaimSlip.person_id).where(ClaimSlip.person_id == stranger.id)).all() == []
