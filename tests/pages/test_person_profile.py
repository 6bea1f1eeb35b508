"""What one may say about oneself or a child besides who it is."""

from collections.abc import Mapping

import pytest
from flask import Flask

from app.accounts.models import User
from app.core.db import db
from app.people.models import Gender, Person, Relation
from tests.factories import Factory
from tests.signing_in import Personas

SAID = {
    "student_no": "20240317",
    "phone": "138 0013 8000",
    "gender": "female",
    "languages": "普通话、粤语",
    "interests": "书法",
    "volunteer_no": "ZY-3301 2024",
}


@pytest.fixture
def parent(make: Factory) -> User:
    """Somebody with an account."""
    return make.user("何家长")


def typed(person: Person, more: Mapping[str, str] = SAID) -> dict[str, str]:
    """Return the form as it is shown, with more typed into it."""
    who = {"name": person.name, "born_on": f"{person.born_on:%Y%m%d}", "school_id": "none", "class_name": ""}
    return {**who, **more}


def read(app: Flask, person: Person) -> Person:
    """Return the person as stored now."""
    with app.app_context():
        return db.session.get_one(Person, person.id)


def test_a_parent_says_more_about_a_child_and_sees_it_again(
    personas: Personas, parent: User, make: Factory, app: Flask
) -> None:
    child, browser = make.person(parent), personas.young(parent)
    address = f"/mine/persons/{child.id}"
    assert browser.post(address, data=typed(child)).status_code == 303
    known = read(app, child)
    assert (known.gender, known.phone, known.volunteer_no) == (Gender.FEMALE, "13800138000", "ZY-3301 2024")
    page = browser.get(address).text
    assert all(words in page for words in ("孩子的资料", "20240317", "普通话、粤语", "书法"))
    assert "checked" in page


def test_all_of_it_can_be_taken_back(personas: Personas, parent: User, make: Factory, app: Flask) -> None:
    child, browser = make.person(parent), personas.young(parent)
    browser.post(f"/mine/persons/{child.id}", data=typed(child))
    browser.post(f"/mine/persons/{child.id}", data=typed(child, dict.fromkeys(SAID, "")))
    known = read(app, child)
    assert (known.gender, known.phone, known.student_no, known.languages) == (None, None, "", "")


def test_oneself_says_as_what_one_takes_part(personas: Personas, parent: User, make: Factory, app: Flask) -> None:
    me = make.person(parent, name="何建国", age=40, relation=Relation.ONESELF)
    page = personas.young(parent).get(f"/mine/persons/{me.id}").text
    assert "我的资料" in page
    assert 'name="kind"' in page
    personas.young(parent).post(f"/mine/persons/{me.id}", data=typed(me, SAID | {"kind": "teacher"}))
    assert read(app, me).kind == "teacher"


@pytest.mark.parametrize(
    "number", ["330102201205180027", "G330102201205180027", "３３０１０２２０１２０５１８００２ｘ"]
)
def test_the_number_of_an_identity_card_is_refused_and_not_repeated(
    personas: Personas, parent: User, make: Factory, app: Flask, number: str
) -> None:
    child = make.person(parent)
    data = typed(child, SAID | {"student_no": number, "volunteer_no": number})
    answer = personas.young(parent).post(f"/mine/persons/{child.id}", data=data)
    assert answer.status_code == 422
    assert "身份证" in answer.text
    assert number not in answer.text
    assert "书法" in answer.text
    assert read(app, child).student_no == ""


def test_what_is_wrong_is_said_and_the_rest_stays(personas: Personas, parent: User, make: Factory) -> None:
    child = make.person(parent)
    data = typed(child, SAID | {"student_no": "二〇二四", "phone": "12"})
    answer = personas.young(parent).post(f"/mine/persons/{child.id}", data=data)
    assert answer.status_code == 422
    assert "只能有字母和数字" in answer.text
    assert "普通话、粤语" in answer.text


def test_of_a_friend_one_sees_and_mends_only_who_it_is(
    personas: Personas, parent: User, make: Factory, app: Flask
) -> None:
    friend, browser = make.person(parent, name="周思远", relation=Relation.FRIEND), personas.young(parent)
    page = browser.get(f"/mine/persons/{friend.id}").text
    assert "student_no" not in page
    assert "/needs" not in page
    browser.post(f"/mine/persons/{friend.id}", data=typed(friend, SAID | {"name": "周思源"}))
    assert (read(app, friend).name, read(app, friend).student_no) == ("周思源", "")


def test_the_page_says_what_was_changed_and_by_whom_but_not_from_what_to_what(
    personas: Personas, parent: User, make: Factory
) -> None:
    child, browser = make.person(parent, name="林小雨"), personas.young(parent)
    browser.post(f"/mine/persons/{child.id}", data=typed(child, SAID | {"name": "林晓雨"}))
    browser.post(f"/mine/persons/{child.id}", data=typed(child, SAID | {"name": "林晓雨"}))
    page = browser.get(f"/mine/persons/{child.id}").text
    assert page.count("更正了：") == 1
    assert "姓名、性别、" in page
    assert "何家长" in page
    assert "林小雨" not in page
