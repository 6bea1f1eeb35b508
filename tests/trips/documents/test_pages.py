"""A family fills a document in, replaces it, deletes it; what was saved is on no page."""

import pytest
from flask import Flask

from app.accounts.models import User
from app.core.db import db
from app.people.models import Relation
from app.programmes.models import Application, Programme
from app.trips.documents.operations import Holder
from app.trips.documents.queries import filled_in_at
from tests.factories import Factory
from tests.signing_in import Personas
from tests.travel import a_trip, an_adult, document_of, identity_number, person_of, travelling


@pytest.fixture
def parent(make: Factory) -> User:
    """A mother with an account."""
    return make.user("林妈妈")


@pytest.fixture
def one(make: Factory, parent: User) -> Application:
    """Her child takes part."""
    return travelling(make, a_trip(make), user=parent)


def typed(make: Factory, one: Application, **changes: str) -> dict[str, str]:
    """Return what a form sends."""
    words = document_of(make, one)
    return {"kind": words.kind.value, "number": words.number, "name": words.name, **changes}


def is_there(app: Flask, one: Application) -> bool:
    """Whether a document is kept."""
    with app.app_context():
        return filled_in_at(Holder(one.programme_id, one.person_id)) is not None


def test_what_was_saved_is_not_shown_again(
    app: Flask, personas: Personas, make: Factory, parent: User, one: Application
) -> None:
    browser, page = personas.young(parent), f"/applications/{one.id}/travel-document"
    assert f'href="{page}"' in browser.get(f"/applications/{one.id}").text
    sent = typed(make, one)
    answer = browser.post(page, data=sent)
    assert (answer.status_code, answer.location) == (303, page)
    shown = browser.get(page)
    assert "已填写" in shown.text
    assert sent["number"] not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert is_there(app, one)
    for _time in range(2):
        assert browser.post(f"{page}/removal").status_code == 303
    assert not is_there(app, one)


def test_a_wrong_number_is_told_in_words_and_nothing_typed_is_lost(
    app: Flask, personas: Personas, make: Factory, parent: User, one: Application
) -> None:
    page, right = f"/applications/{one.id}/travel-document", typed(make, one)
    wrong = right["number"][:-1] + ("0" if right["number"][-1] != "0" else "1")
    answer = personas.young(parent).post(page, data=right | {"number": wrong})
    assert answer.status_code == 422
    assert "最后一位" in answer.text
    assert wrong in answer.text
    assert not is_there(app, one)


def test_a_number_of_another_day_of_birth_is_asked_about_once(
    app: Flask, personas: Personas, make: Factory, parent: User, one: Application
) -> None:
    page, browser = f"/applications/{one.id}/travel-document", personas.young(parent)
    brother = identity_number(person_of(make, one).born_on.replace(year=2009))
    first = browser.post(page, data=typed(make, one, number=brother))
    assert first.status_code == 422
    assert 'name="is_sure"' in first.text
    assert browser.post(page, data=typed(make, one, number=brother, is_sure="y")).status_code == 303
    assert is_there(app, one)


def test_a_passport_needs_birthday_and_gender(
    personas: Personas, make: Factory, parent: User, one: Application
) -> None:
    page, browser = f"/applications/{one.id}/travel-document", personas.young(parent)
    passport = typed(make, one, kind="passport", number="E12345678", name="LIN XIAOYU")
    assert browser.post(page, data=passport).status_code == 422
    whole = passport | {"born_on": "20120518", "gender": "female"}
    assert browser.post(page, data=whole).status_code == 303


def test_a_child_is_sent_to_a_guardian(app: Flask, personas: Personas, make: Factory) -> None:
    child = make.user("林小雨")
    one = travelling(make, a_trip(make), user=child, relation=Relation.ONESELF, age=15)
    page, browser = f"/applications/{one.id}/travel-document", personas.young(child)
    assert "由监护人来填" in browser.get(page).text
    assert browser.post(page, data=typed(make, one)).status_code == 422
    browser.post(f"{page}/removal")
    assert not is_there(app, one)


def test_from_18_on_one_fills_it_in_oneself(app: Flask, personas: Personas, make: Factory) -> None:
    user = make.user("林大雨")
    one = travelling(make, a_trip(make), user=user, relation=Relation.ONESELF, age=20)
    answer = personas.young(user).post(f"/applications/{one.id}/travel-document", data=typed(make, one))
    assert answer.status_code == 303
    assert is_there(app, one)


def test_other_families_and_staff_find_nothing(personas: Personas, one: Application) -> None:
    page = f"/applications/{one.id}/travel-document"
    for browser in (personas.young(personas.make.user()), personas.staff, personas.outsider):
        assert browser.get(page).status_code == 404
        assert browser.post(f"{page}/removal").status_code == 404
    assert "/sign-in" in personas.anonymous.get(page).location


def test_a_grown_up_of_the_trip_fills_in_the_own_one(personas: Personas, make: Factory, one: Application) -> None:
    programme = make.do(lambda: db.session.get_one(Programme, one.programme_id))
    leader = make.user("赵老师")
    adult = an_adult(make, programme, leader)
    page, browser = f"/trip-adults/{adult.id}/travel-document", personas.young(leader)
    assert page in browser.get("/mine").text
    assert browser.post(page, data=typed(make, one)).status_code == 303
    assert "已填写" in browser.get(page).text
    assert browser.post(f"{page}/removal").status_code == 303
    assert personas.staff.get(page).status_code == 404
