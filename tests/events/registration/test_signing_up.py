"""Signing somebody up on one screen, with an account or without one."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import User
from app.core.db import db
from app.events.models import Registration, Slot
from app.people.models import ActsFor, Person
from tests.factories import PASSWORD, Factory, born
from tests.signing_in import signed_in

PHONE = "13800138000"
MYSELF = {"name": "林晓雨", "born_on": f"{born(18):%Y%m%d}", "school_id": "none", "class_name": ""}
MYSELF |= {"phone": PHONE, "password": PASSWORD}
CHILD = MYSELF | {"name": "周小宝", "born_on": f"{born(12):%Y-%m-%d}", "holder_name": "周建国"}


def counted(app: Flask, slot: Slot) -> dict[str, int]:
    """Return how many rows there are, and how many places are taken."""
    with app.app_context():
        rows = {
            model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Person, ActsFor, Registration)
        }
        accounts = db.session.scalar(select(func.count()).where(User.phone == PHONE)) or 0
        return rows | {"accounts": accounts, "taken": db.session.get_one(Slot, slot.id).taken}


ONE = {"people": 1, "acts_for": 1, "registrations": 1, "accounts": 1, "taken": 1}
NONE = dict.fromkeys(ONE, 0)


def test_a_stranger_gets_account_person_place_and_session_at_once(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    slot = make.slot()
    answer = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF | {"phone": "138 0013 8000"})
    assert answer.status_code == 303
    assert "林晓雨" in client.get(answer.location).text
    assert counted(app, slot) == ONE
    assert app.test_client().post("/sign-in", data={"identifier": PHONE, "password": PASSWORD}).status_code == 303


def test_a_parent_signs_a_child_up_and_the_place_is_held(app: Flask, client: FlaskClient, make: Factory) -> None:
    slot = make.slot()
    client.get("/language/en")
    answer = client.post(f"/slots/{slot.id}/registration/child", data=CHILD)
    page = client.get(answer.location).text
    assert "周小宝" in page
    assert "Held, waiting for a guardian" in page
    assert counted(app, slot) == ONE
    with app.app_context():
        assert db.session.scalars(select(User.name).where(User.phone == PHONE)).one() == "周建国"


def test_the_school_that_is_chosen_gets_to_know(client: FlaskClient, make: Factory) -> None:
    slot, school = make.slot(), make.school("文昌中学")
    typed = MYSELF | {"school_id": str(school.id), "class_name": "高二（3）班"}
    answer = client.post(f"/slots/{slot.id}/registration/self", data=typed)
    assert answer.status_code == 303
    office = signed_in(client.application, make.member(school))
    assert "林晓雨" in office.get("/school/pupils").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "王"),
        ("name", "王芳2"),
        ("born_on", ""),
        ("born_on", "yesterday"),
        ("born_on", "29991231"),
        ("born_on", "18500101"),
        ("phone", "12345"),
        ("phone", ""),
        ("password", "short"),
        ("password", ""),
        ("school_id", "999999"),
        ("school_id", "x"),
        ("class_name", "班" * 41),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(
    app: Flask, client: FlaskClient, make: Factory, field: str, typed: str
) -> None:
    slot = make.slot()
    answer = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    kept = {"name": MYSELF["name"], "born_on": MYSELF["born_on"], "phone": MYSELF["phone"]} | {field: typed}
    for name in ("name", "born_on", "phone"):
        assert f'value="{kept[name]}"' in answer.text or not kept[name]
    assert PASSWORD not in answer.text
    assert counted(app, slot) == NONE


def test_a_child_needs_the_name_of_the_parent(client: FlaskClient, make: Factory) -> None:
    answer = client.post(f"/slots/{make.slot().id}/registration/child", data=CHILD | {"holder_name": ""})
    assert answer.status_code == 422
    assert 'id="holder_name-errors"' in answer.text


@pytest.mark.parametrize("plan", [{"min_age": 30}, {"max_age": 10}])
def test_a_rules_no_leaves_neither_account_nor_person(
    app: Flask, client: FlaskClient, make: Factory, plan: dict[str, Any]
) -> None:
    slot = make.slot(**plan)
    answer = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    assert answer.status_code == 422
    assert 'id="born_on-errors"' in answer.text
    assert 'value="林晓雨"' in answer.text
    assert counted(app, slot) == NONE
    assert client.get("/mine").status_code == 302


def test_a_full_slot_is_said_above_the_form(client: FlaskClient, make: Factory) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    client.get("/language/en")
    answer = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    assert answer.status_code == 422
    assert "All places are taken" in answer.text


def test_sending_the_form_twice_makes_one_of_everything(app: Flask, client: FlaskClient, make: Factory) -> None:
    slot, other = make.slot(), app.test_client()
    first = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    signed_in_now = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    without_cookie = other.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    assert first.location == signed_in_now.location == without_cookie.location
    assert counted(app, slot) == ONE


def test_a_known_phone_with_its_password_comes_back_to_its_account(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    user, slot = make.user(phone=PHONE), make.slot()
    assert client.post(f"/slots/{slot.id}/registration/child", data=CHILD).status_code == 303
    assert counted(app, slot) == ONE
    with app.app_context():
        assert db.session.scalars(select(ActsFor.user_id)).one() == user.id


def test_a_known_phone_with_another_password_is_refused(app: Flask, client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    slot = make.slot()
    answer = client.post(f"/slots/{slot.id}/registration/child", data=CHILD | {"password": "not the right one"})
    assert answer.status_code == 422
    assert 'id="password-errors"' in answer.text
    assert 'value="周小宝"' in answer.text
    assert counted(app, slot) == NONE | {"accounts": 1}
    assert client.get("/mine").status_code == 302


def test_guessing_passwords_by_signing_up_closes_the_account_too(client: FlaskClient, make: Factory) -> None:
    make.user(phone=PHONE)
    slot = make.slot()
    for _ in range(10):
        client.post(f"/slots/{slot.id}/registration/self", data=MYSELF | {"password": "not the right one"})
    assert client.post(f"/slots/{slot.id}/registration/self", data=MYSELF).status_code == 422
    assert client.get("/mine").status_code == 302


def test_somebody_signed_in_is_not_asked_for_phone_and_password(app: Flask, make: Factory) -> None:
    user, slot = make.user(phone=PHONE), make.slot()
    browser = signed_in(app, user)
    page = browser.get(f"/slots/{slot.id}/registration/child").text
    assert 'name="password"' not in page
    assert 'name="phone"' not in page
    typed = {name: CHILD[name] for name in ("name", "born_on", "school_id", "class_name")}
    assert browser.post(f"/slots/{slot.id}/registration/child", data=typed).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person.phone)).one() == PHONE


def test_an_account_that_stands_for_somebody_is_not_for_a_second_self(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    slot = make.slot()
    client.post(f"/slots/{slot.id}/registration/self", data=MYSELF)
    answer = client.post(f"/slots/{slot.id}/registration/self", data=MYSELF | {"name": "李四"})
    assert answer.status_code == 422
    assert 'id="name-errors"' in answer.text
    assert counted(app, slot) == ONE


def test_a_full_slot_does_not_tell_which_phones_have_an_account(client: FlaskClient, make: Factory) -> None:
    slot = make.slot(capacity=1)
    make.registration(slot)
    known = make.user(phone="13812340000")
    pages = [
        client.post(f"/slots/{slot.id}/registration/self", data=MYSELF | {"phone": phone, "password": "a guess"}).text
        for phone in (known.phone, "13812349999")
    ]
    assert all("名额已满" in page for page in pages)
    assert "已有账号" not in pages[0]
