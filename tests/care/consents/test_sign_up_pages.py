"""The form of a sign-up in which a parent answers, too."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.events.models import Registration, RegistrationState, Slot
from app.events.rules import Rules, change_rules
from app.people.consents.models import ConsentInForce
from app.people.models import Relation
from tests.counting import statements
from tests.factories import PASSWORD, Factory, born
from tests.signing_in import signed_in

TYPED = {"name": "王小雨", "school_id": "none", "class_name": "", "holder_name": "王芳", "phone": "13800138000"}
TYPED |= {"password": PASSWORD}
AGREES = {"guardian-take_new": "yes", "guardian-relation": "mother"}
HELD, CONFIRMED = RegistrationState.HELD, RegistrationState.CONFIRMED


@pytest.fixture
def parent(make: Factory) -> User:
    """Whoever signs children up."""
    return make.user("王芳")


@pytest.fixture
def browser(app: Flask, parent: User) -> FlaskClient:
    """The parent's browser, in English."""
    return signed_in(app, parent, "en")


def child(age: int, **more: str) -> dict[str, str]:
    """Return what is typed for a child of an age."""
    return TYPED | {"born_on": f"{born(age):%Y%m%d}"} | more


def placed(app: Flask) -> dict[str, RegistrationState]:
    """Return how it stands with everybody, by name."""
    with app.app_context():
        return {one.person.name: one.state for one in db.session.query(Registration)}


def agreed(app: Flask) -> list[set[str]]:
    """Return what guardians have agreed to."""
    with app.app_context():
        return [set(one.agreed) for one in db.session.query(ConsentInForce).order_by(ConsentInForce.person_id)]


def path(slot: Slot) -> str:
    """Return where somebody known already is signed up."""
    return f"/slots/{slot.id}/registration"


def test_nothing_is_chosen_and_the_letter_lies_under_one_line(client: FlaskClient, make: Factory) -> None:
    page = client.get(f"{path(make.slot())}/child").text
    assert 'value="later"' in page and "《致家长的一封信》" in page
    assert "checked" not in page


@pytest.mark.parametrize(("age", "state"), [(12, HELD), (15, CONFIRMED)])
def test_a_parent_who_is_new_signs_a_child_up_and_answers_at_once(
    app: Flask, client: FlaskClient, make: Factory, age: int, state: RegistrationState
) -> None:
    client.get("/language/en")
    answer = client.post(f"{path(make.slot())}/child", data=child(age, **AGREES))
    assert answer.status_code == 303
    assert (placed(app), agreed(app)) == ({"王小雨": state}, [{"taking_part"}])
    page = client.get(answer.location).text
    assert "Your answer as the guardian is written down." in page
    assert ("One call is left" in page) is (state is HELD)


def test_an_answer_nobody_signed_is_asked_for_and_what_was_typed_stays(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    answer = client.post(f"{path(make.slot())}/child", data=child(12, **{"guardian-take_new": "yes"}))
    assert answer.status_code == 422
    assert 'id="guardian-relation-errors"' in answer.text
    assert 'value="王小雨"' in answer.text and re.search(r"checked[^>]*value=\"yes\"", answer.text)
    assert placed(app) == {}


def test_whoever_cannot_agree_is_told_so_beside_the_field(app: Flask, client: FlaskClient, make: Factory) -> None:
    answer = client.post(f"{path(make.slot())}/child", data=child(12, **AGREES | {"guardian-relation": "carer"}))
    assert answer.status_code == 422
    assert 'id="guardian-relation-errors"' in answer.text
    assert (placed(app), agreed(app)) == ({}, [])


def test_without_an_answer_the_place_is_held_and_the_link_is_one_tap_away(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    answer = client.post(f"{path(make.slot())}/child", data=child(12, **{"guardian-take_new": "later"}))
    address = f"{answer.location}/guardian"
    assert f'action="{address}"' in client.get(answer.location).text
    page = client.post(address, follow_redirects=True).text
    assert "/G/" in page and "我是家长" in page


def test_two_children_are_signed_up_and_answered_for_on_one_page(
    app: Flask, make: Factory, parent: User, browser: FlaskClient
) -> None:
    slot, first = make.slot(), make.person(parent, name="王小雨", age=12)
    second = make.person(parent, name="王小雪", age=15)
    assert browser.get(path(slot)).text.count('value="later"') == 2
    said = {f"guardian-take_{one.id}": "yes" for one in (first, second)} | {f"guardian-photos_{second.id}": "y"}
    signed = {"person_id": [first.id, second.id], "guardian-name": "王芳", "guardian-relation": "mother"}
    answers = [browser.post(path(slot), data={**said, **signed}) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert placed(app) == {"王小雨": HELD, "王小雪": CONFIRMED}
    assert agreed(app) == [{"taking_part"}, {"taking_part", "photos"}]
    for page in (f"{answers[0].location}/guardian", f"/mine/persons/{second.id}"):
        assert "/G/" in browser.get(page).text


def test_one_of_two_is_left_for_later(app: Flask, make: Factory, parent: User, browser: FlaskClient) -> None:
    slot, first = make.slot(), make.person(parent, name="王小雨", age=15)
    second = make.person(parent, name="王小雪", age=15)
    said = {f"guardian-take_{first.id}": "yes", f"guardian-take_{second.id}": "later"}
    signed = {"person_id": [first.id, second.id], "guardian-name": "王芳", "guardian-relation": "mother"}
    assert browser.post(path(slot), data={**said, **signed}).status_code == 303
    assert placed(app) == {"王小雨": CONFIRMED, "王小雪": HELD}


def test_an_unsigned_answer_for_those_who_are_known_keeps_the_ticks(
    app: Flask, make: Factory, parent: User, browser: FlaskClient
) -> None:
    slot, one = make.slot(), make.person(parent, name="王小雨", age=12)
    answer = browser.post(path(slot), data={"person_id": one.id, f"guardian-take_{one.id}": "yes"})
    assert answer.status_code == 422
    assert 'id="guardian-name-errors"' in answer.text and 'id="guardian-relation-errors"' in answer.text
    assert answer.text.count(" checked") == 2
    assert placed(app) == {}


def test_whoever_has_answered_for_an_event_is_not_asked_again(
    make: Factory, parent: User, browser: FlaskClient
) -> None:
    event = make.event()
    one, other = event.slots[0], make.slot(event)
    young = make.person(parent, name="王小雨", age=15)
    said = {"person_id": young.id, f"guardian-take_{young.id}": "yes", "guardian-name": "王芳"}
    browser.post(path(one), data=said | {"guardian-relation": "mother"})
    assert "guardian-take" not in browser.get(path(other)).text


def test_nobody_answers_for_another_familys_child(
    app: Flask, make: Factory, parent: User, browser: FlaskClient
) -> None:
    slot, theirs = make.slot(), make.person(name="何小禾", age=15)
    said = {"person_id": theirs.id, f"guardian-take_{theirs.id}": "yes", "guardian-name": "王芳"}
    answer = browser.post(path(slot), data=said | {"guardian-relation": "mother"})
    assert answer.status_code in (403, 404, 422)
    assert (placed(app), agreed(app)) == ({}, [])


def test_a_sign_up_without_an_answer_asks_nothing_more_of_the_database(
    app: Flask, make: Factory, parent: User, browser: FlaskClient
) -> None:
    slot = make.slot()
    first, second = (make.person(parent, name=name, age=15) for name in ("王小雨", "王小雪"))
    browser.get(path(slot))
    counts = []
    for one, said in ((first, {}), (second, {f"guardian-take_{second.id}": "later"})):
        with statements(app) as asked:
            assert browser.post(path(slot), data={"person_id": one.id, **said}).status_code == 303
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_a_young_person_whom_nobody_has_to_agree_for_is_asked_to_tell_the_parents(app: Flask, make: Factory) -> None:
    event = make.event()
    make.do(change_rules, event.host_id, Rules(asks_guardians=False), by=event.created_by_id, at=now())
    pages = {}
    for relation in (Relation.ONESELF, Relation.CHILD):
        user = make.user()
        one = make.registration(event.slots[0], user=user, age=15, relation=relation)
        pages[relation] = signed_in(app, user, "en").get(f"/registrations/{one.id}").text
    assert "Let your parents know" in pages[Relation.ONESELF]
    assert "Let your parents know" not in pages[Relation.CHILD]
