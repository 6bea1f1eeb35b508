"""The school's classes: entered one by one or pasted, suggested at sign-up."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.organisations.models import Organisation
from app.people.models import SchoolClass
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

NEW = {"name": "八年级（3）班", "form_teacher": "周老师", "entered_year": "2025"}
PASTED = "七年级1班\t王老师\t2026\n七年级2班，李老师\n\n七年级3班"


def classes(app: Flask) -> list[tuple[str, str, int | None]]:
    """Return all classes there are."""
    with app.app_context():
        found = db.session.scalars(select(SchoolClass).order_by(SchoolClass.key))
        return [(one.name, one.form_teacher, one.entered_year) for one in found]


def suggested(client: FlaskClient, school: Organisation) -> object:
    """Return what the sign-up form suggests."""
    return client.get(f"/schools/{school.id}/classes").json


def paste(personas: Personas, lines: str, **more: str) -> tuple[int, str]:
    """Paste lines; return the status and the page."""
    answer = personas.school_office.post("/school/classes/paste", data={"lines": lines, **more})
    return answer.status_code, answer.text


def test_a_class_is_entered_and_suggested_to_everyone_by_its_name_alone(app: Flask, personas: Personas) -> None:
    assert personas.school_office.post("/school/classes", data=NEW).status_code == 303
    assert classes(app) == [("八年级（3）班", "周老师", 2025)]
    assert "周老师" in personas.school_office.get("/school/classes").text
    assert suggested(personas.anonymous, personas.school) == ["八年级（3）班"]
    assert suggested(personas.anonymous, personas.host) == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "（）"},
        {"name": "长" * 41},
        {"name": "9" * 5000},
        {"name": "十" * 5000},
        {"entered_year": "26"},
        {"entered_year": "x"},
        {"entered_year": "0000020269999"},
    ],
)
def test_what_cannot_be_entered_stays_in_the_form(app: Flask, personas: Personas, change: dict[str, str]) -> None:
    answer = personas.school_office.post("/school/classes", data=NEW | change)
    assert answer.status_code == 422
    assert "周老师" in answer.text
    assert classes(app) == []


def test_a_class_that_is_there_is_refused_beside_its_name(personas: Personas) -> None:
    personas.school_office.post("/school/classes", data=NEW)
    answer = personas.school_office.post("/school/classes", data=NEW | {"name": "8年级3班"})
    assert answer.status_code == 422
    assert "已经有这个班：八年级（3）班。" in answer.text
    assert 'value="8年级3班"' in answer.text


def test_many_classes_are_looked_at_and_then_saved(app: Flask, personas: Personas, make: Factory) -> None:
    make.school_class(personas.school, "七年级（2）班")
    status, page = paste(personas, PASTED)
    assert status == 200
    assert "读到 2 个新班级" in page
    assert "已有，跳过" in page
    assert len(classes(app)) == 1
    assert paste(personas, PASTED, save="y")[0] == 303
    assert classes(app) == [("七年级1班", "王老师", 2026), ("七年级（2）班", "", None), ("七年级3班", "", None)]
    assert "这些班级都已经有了" in paste(personas, PASTED, save="y")[1]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("七年级5班\t王老师\t二六年", "第三列应是入学年份"),
        ("七年级5班,王老师,2026,备注", "列数太多了"),
        ("\t王老师", "没有班级名称"),
        ("——,王老师", "没有班级名称"),
        ("长" * 41, "不能超过 40 个字"),
        ("9" * 5000, "不能超过 40 个字"),
        ("十" * 5000, "不能超过 40 个字"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_saved_or_lost(
    app: Flask, personas: Personas, line: str, fault: str
) -> None:
    text = f"七年级4班\n{line}"
    for more in ({}, {"save": "y"}):
        status, page = paste(personas, text, **more)
        assert status == 422
        assert fault in page
        assert "有 1 行需要修改" in page
        assert "七年级4班" in re.findall(r"<textarea[^>]*>([^<]*)", page)[0]
    assert classes(app) == []


def test_nothing_pasted_or_far_too_much_is_refused(personas: Personas) -> None:
    for text in ("", "\n \n", "\n".join(f"{number}班" for number in range(301)), "字" * 20_001):
        assert paste(personas, text)[0] == 422


def test_a_class_is_renamed_put_away_and_brought_back(personas: Personas, make: Factory) -> None:
    one = make.school_class(personas.school)
    address, office = f"/school/classes/{one.id}", personas.school_office
    assert office.post(address, data=NEW).status_code == 303
    assert "班级名称：高二（3）班 → 八年级（3）班" in office.get(address).text
    for _ in range(2):
        assert office.post(f"{address}/archiving").status_code == 303
    assert suggested(personas.anonymous, personas.school) == []
    for _ in range(2):
        assert office.post(f"{address}/return").status_code == 303
    assert suggested(personas.anonymous, personas.school) == ["八年级（3）班"]
    assert office.post(address, data={"name": ""}).status_code == 422


def test_one_that_cannot_come_back_says_why(personas: Personas, make: Factory) -> None:
    one = make.school_class(personas.school)
    personas.school_office.post(f"/school/classes/{one.id}/archiving")
    make.school_class(personas.school)
    answer = personas.school_office.post(f"/school/classes/{one.id}/return", follow_redirects=True)
    assert "banner--bad" in answer.text


def test_a_class_of_another_school_is_not_there(personas: Personas, make: Factory) -> None:
    one = make.school_class(make.school())
    office, address = personas.school_office, f"/school/classes/{one.id}"
    assert office.get(address).status_code == 404
    for path in ("", "/archiving", "/return"):
        assert office.post(address + path, data=NEW).status_code == 404


def test_only_a_schools_office_has_classes(personas: Personas) -> None:
    for browser in (personas.staff, personas.manager, personas.administrator, personas.young()):
        assert browser.get("/school/classes").status_code == 403
        assert browser.post("/school/classes/paste", data={"lines": "1班"}).status_code == 403


def test_the_sign_up_form_says_where_suggestions_come_from(client: FlaskClient, make: Factory) -> None:
    slot = make.slot()
    page = client.get(f"/slots/{slot.id}/registration/child").text
    assert 'data-class-names="/schools/{school}/classes"' in page
    assert "data-suggest-classes" in page


def test_a_form_teacher_finds_the_own_classes_on_top(personas: Personas, make: Factory, app: Flask) -> None:
    for name, teacher in (("一年级（1）班", "李娜"), ("九年级（2）班", "王芳、李娜"), ("九年级（1）班", "苏小禾/王芳")):
        make.school_class(personas.school, name, form_teacher=teacher)
    page = signed_in(app, make.member(personas.school, user=make.user("王芳"))).get("/school/classes").text
    places = [page.index(name) for name in ("九年级（1）班", "九年级（2）班", "一年级（1）班")]
    assert places == sorted(places)
    assert page.count("你带的班") == 2
