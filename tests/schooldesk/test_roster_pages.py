"""A form teacher enters the class: looks, mends, saves, takes back; nothing typed is lost on the way."""

import re
from io import BytesIO

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.db import db
from app.people.models import Enrolment, Person, SchoolClass
from tests.factories import Factory, born
from tests.rosters import a_class
from tests.signing_in import Personas, signed_in

GOOD = f"王芳\t女\t{born(10)}\t20260101\t王建国\t13800138000"


def hand_in(personas: Personas, one: SchoolClass, text: str, **more: object) -> TestResponse:
    """Paste a text."""
    return personas.school_office.post(f"/school/classes/{one.id}/roster", data={"lines": text, **more})


def sent_on(page: TestResponse, **more: str) -> dict[str, list[str]]:
    """Return what the form of a preview sends as it is."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input [^>]*?name="(\w+)" value="([^"]*)"', page.text):
        found.setdefault(name, []).append(value)
    return found | {name: [value] for name, value in more.items()}


def pupils(app: Flask) -> list[str]:
    """Return the names of all pupils."""
    with app.app_context():
        return list(db.session.scalars(select(Person.name).join(Person.enrolments).where(Enrolment.ended_at.is_(None))))


def test_fifty_pupils_in_two_steps(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    names = [f"王{first}{second}" for first in "一二三四五六七八" for second in "甲乙丙丁戊己庚"]
    page = hand_in(personas, one, "\n".join(f"{name}\t{born(10)}" for name in names))
    assert page.status_code == 200
    assert pupils(app) == []
    answer = personas.school_office.post(page.request.path, data=sent_on(page, save="y"))
    assert (answer.status_code, len(pupils(app))) == (303, 56)
    answer = personas.school_office.post(page.request.path, data=sent_on(page, save="y"))
    assert (answer.status_code, len(pupils(app))) == (303, 56)
    assert "56" in personas.school_office.get(answer.location).text


def test_a_file_is_read_like_a_pasted_text(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    file = (BytesIO(("姓名,出生日期,民族\r\n王芳," + str(born(10)) + ",汉\r\n").encode("gb18030")), "名单.csv")
    page = hand_in(personas, one, "", file=file)
    assert page.status_code == 200
    assert "王芳" in page.text
    assert "民族" in page.text
    assert "汉" not in page.text.replace("汉字", "")


def test_the_word_stands_beside_the_field_and_the_others_wait(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    page = hand_in(personas, one, GOOD + "\n李娜\t女\t\t7\t李大\t1380013")
    assert page.status_code == 422
    assert re.search(r'id="born-2"[^>]*aria-describedby="born-2-fault"', page.text)
    assert 'value="1380013"' in page.text
    mended = sent_on(page)
    mended["born"] = [born_on or str(born(9)) for born_on in mended["born"]]
    mended["phone"] = [phone if len(phone) == 11 else "" for phone in mended["phone"]]
    mended["choice"] = ["", ""]
    again = personas.school_office.post(page.request.path, data=mended)
    assert again.status_code == 200
    personas.school_office.post(page.request.path, data=sent_on(again, save="y"))
    assert sorted(pupils(app)) == ["李娜", "王芳"]


def test_a_line_may_be_left_out(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    page = hand_in(personas, one, GOOD + "\n合计2人")
    without = sent_on(page) | {"choice": ["", "skip"]}
    again = personas.school_office.post(page.request.path, data=without)
    assert again.status_code == 200
    personas.school_office.post(page.request.path, data=sent_on(again, save="y"))
    assert pupils(app) == ["王芳"]


def test_nothing_and_rubbish_are_asked_for_again(personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    assert hand_in(personas, one, "").status_code == 422
    assert hand_in(personas, one, "", file=(BytesIO(b"PK\x03\x04 no"), "a.xlsx")).status_code == 422
    assert hand_in(personas, one, "\n".join(["王芳"] * 501)).status_code == 422
    assert hand_in(personas, one, "姓名\t出生日期").status_code == 422


def test_the_list_is_taken_back_from_the_class_page(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    page = hand_in(personas, one, GOOD)
    personas.school_office.post(page.request.path, data=sent_on(page, save="y"))
    shown = personas.school_office.get(f"/school/classes/{one.id}/pupils").text
    (path,) = re.findall(r"/school/rosters/\d+/undoing", shown)
    assert personas.school_office.post(path).status_code == 303
    assert pupils(app) == []
    assert personas.school_office.post(path).status_code == 303


def test_another_school_finds_neither_class_nor_list(app: Flask, personas: Personas, make: Factory) -> None:
    one = a_class(make, personas.school)
    page = hand_in(personas, one, GOOD)
    personas.school_office.post(page.request.path, data=sent_on(page, save="y"))
    office = signed_in(app, make.member(make.school()))
    for path in (f"/school/classes/{one.id}/pupils", f"/school/classes/{one.id}/roster"):
        assert office.get(path).status_code == 404
    assert office.post(f"/school/classes/{one.id}/roster", data={"lines": GOOD}).status_code == 404
    assert office.post("/school/rosters/1/undoing").status_code == 404
    assert personas.staff.get(f"/school/classes/{one.id}/roster").status_code == 403
