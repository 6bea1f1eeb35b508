"""Writing down what has to be looked after, and who reads it."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.registration.operations import cancel
from app.people.models import Relation
from app.people.needs import Diet, Needs, needs_of, write_needs
from tests.factories import Factory
from tests.signing_in import Personas

FORM = {"diet": ["halal", "no_nuts"], "food": "不吃辣", "health": "有哮喘\n喷雾在书包里", "mobility": ""}
SAID = Needs((Diet.HALAL, Diet.NO_NUTS), "不吃辣", "有哮喘\n喷雾在书包里", "")


@pytest.fixture
def parent(make: Factory) -> User:
    """Somebody with an account."""
    return make.user("何家长")


def stored(app: Flask, person_id: int) -> Needs:
    """Return what is written down now."""
    with app.app_context():
        return needs_of(person_id)


def entries(app: Flask) -> list[tuple[str, str, int | None, str]]:
    """Return what the access log says of needs."""
    with app.app_context():
        found = select(AccessEntry).where(AccessEntry.record == "needs").order_by(AccessEntry.id)
        return [(one.action, one.record, one.person_id, one.purpose) for one in db.session.scalars(found)]


def test_a_parent_writes_it_down_sees_it_again_and_takes_it_away(
    app: Flask, personas: Personas, parent: User, make: Factory
) -> None:
    child, browser = make.person(parent), personas.young(parent)
    address = f"/mine/persons/{child.id}/needs"
    assert browser.post(address, data=FORM).status_code == 303
    assert stored(app, child.id) == SAID
    page = browser.get(address)
    assert page.headers["Cache-Control"] == "no-store"
    assert all(words in page.text for words in ("不吃辣", "有哮喘", "喷雾在书包里"))
    assert page.text.count("checked") == 2
    assert browser.post(address, data={"diet": [], "food": "", "health": " ", "mobility": ""}).status_code == 303
    assert stored(app, child.id).is_empty


def test_what_is_too_long_is_said_and_stays(app: Flask, personas: Personas, parent: User, make: Factory) -> None:
    child = make.person(parent)
    answer = personas.young(parent).post(f"/mine/persons/{child.id}/needs", data=FORM | {"mobility": "慢" * 501})
    assert answer.status_code == 422
    assert "喷雾在书包里" in answer.text
    assert stored(app, child.id).is_empty


def test_what_nobody_offers_is_not_taken(app: Flask, personas: Personas, parent: User, make: Factory) -> None:
    child = make.person(parent)
    answer = personas.young(parent).post(f"/mine/persons/{child.id}/needs", data=FORM | {"diet": ["religion"]})
    assert answer.status_code == 422
    assert stored(app, child.id).is_empty


def test_neither_a_stranger_nor_a_friend_finds_the_page(personas: Personas, parent: User, make: Factory) -> None:
    child, friend = make.person(parent), make.person(parent, name="周思远", relation=Relation.FRIEND)
    assert personas.young().get(f"/mine/persons/{child.id}/needs").status_code == 404
    assert personas.young().post(f"/mine/persons/{child.id}/needs", data=FORM).status_code == 404
    assert personas.young(parent).get(f"/mine/persons/{friend.id}/needs").status_code == 404
    assert personas.young(parent).post(f"/mine/persons/{friend.id}/needs", data=FORM).status_code == 404


def test_staff_see_numbers_at_once_and_words_after_saying_what_for(
    app: Flask, personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host)
    registration = make.registration(event.slots[0], name="林晓雨")
    make.do(write_needs, registration.person_id, SAID, by=registration.registered_by_id, at=now())
    numbers = personas.staff.get(f"/desk/events/{event.id}/needs").text
    assert "清真" in numbers
    assert "哮喘" not in numbers
    assert "林晓雨" not in numbers
    address = f"/desk/registrations/{registration.id}/needs"
    assert "哮喘" not in personas.staff.get(address).text
    assert personas.staff.post(f"{address}/unmasking", data={"purpose": " "}).status_code == 422
    assert entries(app) == []
    assert personas.staff.post(f"{address}/unmasking", data={"purpose": "安排夜行"}).status_code == 303
    page = personas.staff.get(address)
    assert "有哮喘<br>喷雾在书包里" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    person = registration.person_id
    assert entries(app) == [("unmask", "needs", person, "安排夜行"), ("read", "needs", person, "")]
    assert "哮喘" not in personas.manager.get(address).text


def test_of_whoever_gave_the_place_back_nobody_reads_anything(personas: Personas, make: Factory) -> None:
    registration = make.registration(make.event(personas.host).slots[0])
    make.do(write_needs, registration.person_id, SAID, by=registration.registered_by_id, at=now())
    make.do(cancel, registration.id, by=registration.registered_by_id, at=now())
    address = f"/desk/registrations/{registration.id}/needs"
    personas.staff.post(f"{address}/unmasking", data={"purpose": "安排夜行"})
    assert "哮喘" not in personas.staff.get(address).text


def test_another_host_the_school_and_the_door_find_nothing(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    registration = make.registration(event.slots[0], school=personas.school)
    make.do(write_needs, registration.person_id, SAID, by=registration.registered_by_id, at=now())
    address = f"/desk/registrations/{registration.id}/needs"
    assert personas.outsider.get(address).status_code == 404
    assert personas.outsider.post(f"{address}/unmasking", data={"purpose": "看看"}).status_code == 404
    assert personas.outsider.get(f"/desk/events/{event.id}/needs").status_code == 404
    assert personas.school_office.get(address).status_code == 403
    assert personas.auditor.get(address).status_code == 403
    assert entries(app) == []


def test_an_event_without_any_says_where_they_come_from(personas: Personas, make: Factory) -> None:
    assert "还没有人写" in personas.staff.get(f"/desk/events/{make.event(personas.host).id}/needs").text
