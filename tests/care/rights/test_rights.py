"""Taking one's data along, and asking to have it erased: oneself and parents, and nobody else."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.care.models import Erasure
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.people.models import Person, Relation
from app.people.needs import Needs, write_needs
from tests.factories import Factory
from tests.signing_in import Personas, signed_in
from tests.work import work_off


@pytest.fixture
def parent(make: Factory) -> User:
    """Somebody with a child."""
    return make.user("周建国")


@pytest.fixture
def child(make: Factory, parent: User) -> Person:
    """The child, with a place and something to look after."""
    place = make.registration(user=parent, name="周小满", age=15, relation=Relation.CHILD)
    make.do(write_needs, place.person_id, Needs(food="花生过敏"), by=parent.id, at=now())
    with make.app.app_context():
        return db.session.get_one(Person, place.person_id)


@pytest.fixture
def family(app: Flask, parent: User) -> FlaskClient:
    """The parent's browser."""
    return signed_in(app, parent)


def requests_to_erase(app: Flask) -> list[Erasure]:
    """Return what was asked for, the first one first."""
    with app.app_context():
        return list(db.session.scalars(select(Erasure).order_by(Erasure.id)))


def export(app: Flask, family: FlaskClient, person_id: int) -> str:
    """Ask for an export, let it be made, and return the address of the job."""
    asked = family.post(f"/mine/persons/{person_id}/data/export")
    assert asked.status_code == 303
    with app.app_context():
        work_off(app)
    return str(asked.location)


def test_the_export_has_everything_to_read_and_as_data(app: Flask, family: FlaskClient, child: Person) -> None:
    with family.get(f"{export(app, family, child.id)}/result") as answer:
        assert "周小满" not in answer.headers["Content-Disposition"]
        content = answer.data
    with ZipFile(BytesIO(content)) as packed:
        found, page = json.loads(packed.read("data.json")), packed.read("index.html").decode()
    assert found["people"][0]["name"] == "周小满"
    assert "花生过敏" in json.dumps(found["person_needs"], ensure_ascii=False)
    assert len(found["registrations"]) == 1
    assert "周小满" in page
    assert "花生过敏" in page
    assert "password" not in page


def test_only_the_session_that_asked_fetches_it_and_that_is_written_down(
    app: Flask, family: FlaskClient, parent: User, child: Person
) -> None:
    address = export(app, family, child.id)
    assert signed_in(app, parent).get(f"{address}/result").status_code != 200
    with family.get(f"{address}/result") as answer:
        assert answer.status_code == 200
    with app.app_context():
        entry = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "person_export")).one()
    assert (entry.action, entry.person_id, entry.purpose, entry.under_18) == ("download", child.id, "own", 1)


def test_a_request_is_decided_within_fifteen_days_and_twice_is_once(
    app: Flask, family: FlaskClient, child: Person
) -> None:
    for _twice in range(2):
        assert family.post(f"/mine/persons/{child.id}/data/erasure").status_code == 303
    (asked,) = requests_to_erase(app)
    assert asked.due_at - asked.asked_at == timedelta(days=15)
    assert "删除请求已收到" in family.get(f"/mine/persons/{child.id}/data").text


def test_a_request_can_be_taken_back(app: Flask, family: FlaskClient, child: Person) -> None:
    family.post(f"/mine/persons/{child.id}/data/erasure")
    for _twice in range(2):
        assert family.post(f"/mine/persons/{child.id}/data/erasure/withdrawal").status_code == 303
    assert requests_to_erase(app) == []


def test_a_refusal_says_why(app: Flask, family: FlaskClient, personas: Personas, child: Person) -> None:
    family.post(f"/mine/persons/{child.id}/data/erasure")
    (asked,) = requests_to_erase(app)
    refusal = f"/admin/erasures/{asked.id}/refusal"
    assert personas.administrator.post(refusal, data={"why": " "}).status_code == 422
    assert personas.administrator.post(refusal, data={"why": "请先由监护人提出"}).status_code == 303
    assert "请先由监护人提出" in family.get(f"/mine/persons/{child.id}/data").text
    assert personas.administrator.post(f"/admin/erasures/{asked.id}/grant").status_code == 303
    assert [one.is_granted for one in requests_to_erase(app)] == [False]


def test_once_granted_it_is_done(
    app: Flask,
    family: FlaskClient,
    personas: Personas,
    child: Person,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "BACKUP_FOLDER", tmp_path)
    family.post(f"/mine/persons/{child.id}/data/erasure")
    (asked,) = requests_to_erase(app)
    page = personas.administrator.get("/admin/erasures").text
    assert "周**" in page
    assert "周小满" not in page
    for _twice in range(2):
        assert personas.administrator.post(f"/admin/erasures/{asked.id}/grant").status_code == 303
    with app.app_context():
        work_off(app)
        assert db.session.get_one(Person, child.id).name == ""
    assert "已删除" in personas.administrator.get("/admin/erasures").text
    assert family.get(f"/mine/persons/{child.id}/data").status_code == 404


@pytest.mark.parametrize("act", ["export", "erasure", "erasure/withdrawal"])
def test_strangers_find_nothing(app: Flask, personas: Personas, child: Person, act: str) -> None:
    assert personas.young().get(f"/mine/persons/{child.id}/data").status_code == 404
    assert personas.young().post(f"/mine/persons/{child.id}/data/{act}").status_code == 404


def test_of_a_friend_one_decides_nothing(app: Flask, make: Factory, parent: User, family: FlaskClient) -> None:
    friend = make.person(parent, name="陈思远", relation=Relation.FRIEND)
    assert family.get(f"/mine/persons/{friend.id}/data").status_code == 404
