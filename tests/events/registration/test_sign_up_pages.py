"""Signing up several, a friend, by an invitation; and with a bad connection."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot, WayIn
from app.events.ways import invitations
from app.people.models import ActsFor, Person, Relation
from tests.counting import statements
from tests.events.registration.parties import together
from tests.events.registration.test_signing_up import MYSELF
from tests.factories import Factory
from tests.signing_in import signed_in

FRIEND = {name: MYSELF[name] for name in ("born_on", "school_id", "class_name")} | {"name": "陈思远"}


@pytest.fixture
def user(make: Factory) -> User:
    """Whoever signs up."""
    return make.user()


@pytest.fixture
def browser(app: Flask, user: User) -> FlaskClient:
    """That account's browser, in English."""
    return signed_in(app, user, "en")


def family(make: Factory, user: User, *ages: int) -> list[int]:
    """Return the ids of new people for whom an account acts."""
    return [make.person(user, name=f"林晓{'甲乙丙丁'[i]}", age=age).id for i, age in enumerate(ages)]


def placed(app: Flask, slot: Slot) -> dict[str, RegistrationState]:
    """Return who is signed up, by name."""
    with app.app_context():
        return {one.person.name: one.state for one in db.session.query(Registration).filter_by(slot_id=slot.id)}


def test_several_are_ticked_and_come_together(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    slot, ids = make.slot(most_companions=1), family(make, user, 16, 15, 14)
    path = f"/slots/{slot.id}/registration"
    assert browser.get(path).text.count('name="person_id"') == 3
    first, again = (browser.post(path, data={"person_id": ids[:2], "companions": "1"}) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert again.location == first.location
    assert set(placed(app, slot)) == {"林晓甲", "林晓乙"}
    page = browser.get(first.location).text
    assert "林晓乙" in page
    assert "with 1 grown-up" in page
    assert "林晓甲 (signed up)" in browser.get(path).text


def test_what_is_wrong_is_said_and_the_ticks_stay(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    slot, ids = make.slot(largest_party=2, most_companions=1), family(make, user, 16, 15, 14)
    path = f"/slots/{slot.id}/registration"
    answer = browser.post(path, data={"person_id": ids, "companions": "1"})
    assert answer.status_code == 422
    assert "At most 2 people can sign up together" in answer.text
    assert answer.text.count(" checked") == 3
    answer = browser.post(path, data={"person_id": ids[:1], "companions": "7"})
    assert answer.status_code == 422
    assert 'id="companions-errors"' in answer.text
    assert 'value="7"' in answer.text
    answer = browser.post(path, data={"companions": "1"})
    assert answer.status_code == 422
    assert "Please choose somebody." in answer.text
    assert placed(app, slot) == {}


def test_somebody_else_is_added_first_and_then_all_sign_up(app: Flask, client: FlaskClient, make: Factory) -> None:
    slot = make.slot()
    client.get("/language/en")
    path = f"/slots/{slot.id}/registration"
    answer = client.post(f"{path}/self", data=MYSELF | {"another": "1"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "林晓雨 is entered" in page
    assert page.count(" checked") == 1
    answer = client.post(f"{path}/friend", data=FRIEND | {"another": "1"})
    page = client.get(answer.location).text
    assert page.count(" checked") == 2
    assert placed(app, slot) == {}
    with app.app_context():
        ids = [person.id for person in db.session.query(Person)]
        assert [one.relation for one in db.session.query(ActsFor)] == [Relation.ONESELF, Relation.FRIEND]
    assert client.post(path, data={"person_id": ids}).status_code == 303
    assert len(placed(app, slot)) == 2


def test_a_friend_needs_somebody_who_is_signed_in(app: Flask, client: FlaskClient, make: Factory) -> None:
    slot = make.slot()
    for answer in (
        client.get(f"/slots/{slot.id}/registration/friend"),
        client.post(f"/slots/{slot.id}/registration/friend", data=MYSELF),
    ):
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=")
    assert placed(app, slot) == {}


def test_a_friends_form_keeps_what_was_typed(app: Flask, make: Factory, browser: FlaskClient) -> None:
    slot = make.slot(most_companions=1)
    path = f"/slots/{slot.id}/registration/friend"
    assert "Only with your friend" in browser.get(path).text
    answer = browser.post(path, data=FRIEND | {"born_on": "yesterday", "companions": "9"})
    assert answer.status_code == 422
    for words in ('value="陈思远"', 'value="yesterday"', 'value="9"', 'id="born_on-errors"'):
        assert words in answer.text
    answer = browser.post(path, data=FRIEND | {"companions": "1"})
    assert answer.status_code == 303
    assert placed(app, slot) == {"陈思远": RegistrationState.CONFIRMED}


def test_an_invitation_travels_through_the_pages(app: Flask, make: Factory, user: User, browser: FlaskClient) -> None:
    slot = make.slot(way_in=WayIn.INVITATION)
    link = make.do(invitations.invite, slot.id, "合唱团", 3, now() + timedelta(hours=1), by=user.id, at=now())
    path = f"/slots/{slot.id}/registration"
    assert "This one is by invitation." in browser.get(path).text
    assert browser.post(f"{path}/child", data=FRIEND).status_code == 422
    page = browser.get(f"{path}?invitation={link.code}").text
    assert f"{path}/child?invitation={link.code}" in page
    answer = browser.post(f"{path}/child", data=FRIEND | {"invitation": link.code, "another": "1"})
    assert f"invitation={link.code}" in answer.location
    assert f'value="{link.code}"' in browser.get(answer.location).text
    answer = browser.post(f"{path}/child", data=FRIEND | {"invitation": link.code})
    assert answer.status_code == 303
    assert placed(app, slot) == {"陈思远": RegistrationState.CONFIRMED}


def test_a_form_that_stays_on_its_page_is_told_where_to_go(make: Factory, user: User, browser: FlaskClient) -> None:
    slot, ids = make.slot(), family(make, user, 16)
    path, stay = f"/slots/{slot.id}/registration", {"Tongxing-Stay": "1"}
    first, again = (browser.post(path, data={"person_id": ids}, headers=stay) for _ in range(2))
    assert (first.status_code, first.data) == (204, b"")
    assert "Location" not in first.headers
    assert "Entry code" in browser.get(first.headers["Tongxing-Next"]).text
    assert again.headers["Tongxing-Next"] == first.headers["Tongxing-Next"]
    wrong = browser.post(path, data={}, headers=stay)
    assert wrong.status_code == 422
    assert "Tongxing-Next" not in wrong.headers


def test_a_full_one_says_beforehand_that_one_stands_in_line(make: Factory, user: User, browser: FlaskClient) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    family(make, user, 16)
    path = f"/slots/{slot.id}/registration"
    assert "stand in line" not in browser.get(path).text
    together(make, slot, 16)
    assert "stand in line" in browser.get(path).text


def test_a_slot_that_is_not_there_or_not_public_takes_nobody(make: Factory, user: User, browser: FlaskClient) -> None:
    draft, ids = make.event(is_published=False).slots[0], family(make, user, 16)
    for number in (draft.id, 999_999):
        assert browser.post(f"/slots/{number}/registration", data={"person_id": ids}).status_code == 404


@pytest.mark.parametrize(("capacity", "most"), [(5, 10), (1, 12)])
def test_a_sign_up_asks_the_database_only_so_often(
    app: Flask, make: Factory, user: User, browser: FlaskClient, capacity: int, most: int
) -> None:
    slot = make.slot(capacity=capacity, has_waiting_list=True)
    make.registration(slot)
    browser.get(f"/slots/{slot.id}/registration")  # what is read once and kept
    (person_id,) = family(make, user, 16)
    with statements(app) as asked:
        answer = browser.post(f"/slots/{slot.id}/registration", data={"person_id": [person_id]})
    assert answer.status_code == 303
    expected = RegistrationState.HELD if capacity > 1 else RegistrationState.WAITING
    assert placed(app, slot)["林晓甲"] is expected
    assert len(asked) <= most, asked
