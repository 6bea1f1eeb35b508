"""Whose pupils are they? The school confirms, refuses, and takes answers back."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.clock import now
from app.core.db import db
from app.people.models import Enrolment
from app.people.operations import ask_school
from app.schooldesk import queries
from tests.factories import Factory
from tests.signing_in import Personas

Answer = Callable[..., TestResponse]


def state(app: Flask, enrolment: Enrolment) -> str:
    """Return what the school has answered."""
    with app.app_context():
        found = db.session.get_one(Enrolment, enrolment.id)
        return "confirmed" if found.confirmed_at else "refused" if found.refused_at else "open"


@pytest.fixture
def answer(personas: Personas) -> Answer:
    """Answer as the school's office, for one or several pupils."""

    def post(what: str, *enrolments: Enrolment) -> TestResponse:
        form = {"enrolment_id": [one.id for one in enrolments]}
        return personas.school_office.post(f"/school/pupils/{what}", data=form, follow_redirects=True)

    return post


@pytest.fixture
def waiting(personas: Personas, make: Factory) -> Enrolment:
    """Somebody who says to be a pupil."""
    return make.enrolment(make.person(name="曾晓雨"), personas.school, is_confirmed=False)


def reopen(personas: Personas, enrolment: Enrolment) -> int:
    """Take an answer back and return the status."""
    return personas.school_office.post(f"/school/pupils/{enrolment.id}/reopening").status_code


def test_several_pupils_are_confirmed_at_once(
    answer: Answer, waiting: Enrolment, personas: Personas, make: Factory, app: Flask
) -> None:
    another = make.enrolment(make.person(name="王芳"), personas.school, is_confirmed=False)
    assert "已确认 2 名学生。" in answer("confirmation", waiting, another).text
    assert (state(app, waiting), state(app, another)) == ("confirmed", "confirmed")


def test_a_second_answer_changes_nothing(answer: Answer, waiting: Enrolment, app: Flask) -> None:
    answer("refusal", waiting)
    assert "已确认 0 名学生。" in answer("confirmation", waiting).text
    assert state(app, waiting) == "refused"


def test_an_answer_can_be_taken_back_and_given_anew(
    answer: Answer, waiting: Enrolment, personas: Personas, app: Flask
) -> None:
    answer("refusal", waiting)
    assert reopen(personas, waiting) == 303
    assert state(app, waiting) == "open"
    answer("confirmation", waiting)
    assert state(app, waiting) == "confirmed"


def test_an_answer_about_nobody_is_not_one(answer: Answer) -> None:
    for what in ("confirmation", "refusal"):
        assert "banner--bad" in answer(what).text


def test_ids_that_no_row_can_have_answer_for_nobody(personas: Personas) -> None:
    for nonsense in ("x", "-1", str(10**30)):
        form = {"enrolment_id": nonsense}
        page = personas.school_office.post("/school/pupils/confirmation", data=form, follow_redirects=True)
        assert "banner--bad" in page.text


def test_pupils_of_another_school_can_neither_be_seen_nor_answered_for(
    answer: Answer, personas: Personas, make: Factory, app: Flask
) -> None:
    other = make.enrolment(make.person(name="别校学生"), make.school(), is_confirmed=False)
    assert "别校学生" not in personas.school_office.get("/school/pupils").text
    answer("confirmation", other)
    answer("refusal", other)
    assert state(app, other) == "open"


def test_an_answer_of_another_school_cannot_be_taken_back(personas: Personas, make: Factory, app: Flask) -> None:
    other = make.enrolment(make.person(), make.school())
    assert reopen(personas, other) == 404
    assert state(app, other) == "confirmed"


def test_somebody_who_works_for_two_schools_says_for_which(personas: Personas, make: Factory, app: Flask) -> None:
    second = make.school("第二中学")
    office = personas.young(make.member(second, user=make.member(personas.school)))
    pupil = make.enrolment(make.person(name="二中学生"), second, is_confirmed=False)
    assert "二中学生" in office.get(f"/school/pupils?school={second.id}").text
    assert "二中学生" not in office.get(f"/school/pupils?school={personas.school.id}").text
    office.post("/school/pupils/confirmation", data={"enrolment_id": pupil.id, "school": personas.school.id})
    assert state(app, pupil) == "open"
    office.post("/school/pupils/confirmation", data={"enrolment_id": pupil.id, "school": second.id})
    assert state(app, pupil) == "confirmed"


def test_the_pages_of_a_long_list_hold_everybody_once(
    personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    names = {"王芳", "李娜", "张伟"}
    for name in names:
        make.enrolment(make.person(name=name), personas.school)
    address, pages = "/school/pupils?view=confirmed", []
    first = personas.school_office.get(address).text
    (after,) = re.findall(r"after=(\d+)", first)
    pages = [first, personas.school_office.get(f"{address}&after={after}").text]
    shown = [name for page in pages for name in names if name in page]
    assert sorted(shown) == sorted(names)


def test_the_classes_come_in_school_order_from_page_to_page(
    personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    in_classes(personas, make, 甲="高三1班", 乙="高二1班", 丙="高一12班", 丁="高一3班", 戊="")
    address, shown = "/school/pupils", ""
    while address:
        page = personas.school_office.get(address).text
        shown += "".join(re.findall("[甲乙丙丁戊](?= <span)", page))
        address = "".join(re.findall(r'rel="next" href="([^"]*)"', page)).replace("&amp;", "&")
    assert shown == "丁丙乙甲戊"


def test_each_answer_has_its_own_view_with_its_number(answer: Answer, waiting: Enrolment, personas: Personas) -> None:
    assert "等你确认 · 1" in personas.school_office.get("/school/pupils").text
    page = answer("confirmation", waiting).text
    assert "曾晓雨" not in page
    assert "曾晓雨" in personas.school_office.get("/school/pupils?view=confirmed").text


def test_an_unknown_view_leads_to_those_who_wait(personas: Personas) -> None:
    answer = personas.school_office.get("/school/pupils?view=nonsense")
    assert answer.status_code == 302
    assert answer.location.startswith("/school/pupils?school=")


def in_classes(personas: Personas, make: Factory, **names: str) -> dict[str, Enrolment]:
    """Make pupils who wait for an answer, each in a class."""
    return {name: make.do(_in_class, make.person(name=name).id, personas.school.id, of) for name, of in names.items()}


def _in_class(person_id: int, school_id: int, class_name: str) -> Enrolment:
    return ask_school(person_id, school_id, class_name, at=now())


def test_one_class_is_shown_and_answered_for_at_once(personas: Personas, make: Factory, app: Flask) -> None:
    pupils = in_classes(personas, make, 王芳="八年级3班", 李娜="八年级3班", 张伟="八年级10班")
    page = personas.school_office.get("/school/pupils?class=八年级3班").text
    assert "王芳" in page and "李娜" in page
    assert "张伟" not in page
    assert page.index(">八年级3班</option>") < page.index(">八年级10班</option>")
    assert "全选 八年级3班" in page
    form = {"enrolment_id": [pupils["王芳"].id], "class": "八年级3班"}
    back = personas.school_office.post("/school/pupils/confirmation", data=form)
    assert "class=" in back.location
    form["enrolment_id"] = [pupils["李娜"].id]
    assert "class=" not in personas.school_office.post("/school/pupils/confirmation", data=form).location
    confirmed = personas.school_office.get("/school/pupils?view=confirmed&class=八年级3班").text
    assert "王芳" in confirmed and "李娜" in confirmed
    assert state(app, pupils["张伟"]) == "open"


def test_a_class_nobody_is_in_is_empty(personas: Personas, make: Factory) -> None:
    in_classes(personas, make, 王芳="八年级3班")
    for nonsense in ("没有这个班", "%00", "'\"<"):
        assert "王芳" not in personas.school_office.get("/school/pupils", query_string={"class": nonsense}).text


def test_a_class_is_on_one_page(personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    in_classes(personas, make, 王芳="八年级3班", 李娜="八年级3班")
    assert 'rel="next"' in personas.school_office.get("/school/pupils").text
    assert 'rel="next"' not in personas.school_office.get("/school/pupils?class=八年级3班").text
