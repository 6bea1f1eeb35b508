"""For whom somebody who was here before signs up."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.events.models import Slot
from app.people.models import Person
from tests.factories import Factory
from tests.signing_in import signed_in


def family(app: Flask, make: Factory, *names: str) -> tuple[FlaskClient, list[Person]]:
    """Return a parent's browser and the children."""
    parent = make.user("周建国")
    return signed_in(app, parent), [make.person(parent, name=name) for name in names]


def ticked(page: str) -> list[str]:
    """Return who is chosen on a page."""
    return re.findall(r'<input checked[^>]*value="(\d+)"', page)


def sign_up(browser: FlaskClient, slot: Slot, person: Person) -> None:
    """Sign a child up."""
    form = {"person_id": person.id}
    assert browser.post(f"/slots/{slot.id}/registration", data=form).status_code == 303


def test_of_several_nobody_is_chosen_until_one_is_left(app: Flask, make: Factory) -> None:
    slot, (browser, (first, second, third)) = make.slot(), family(app, make, "周小宝", "周小贝", "周小圆")
    address = f"/slots/{slot.id}/registration"
    assert ticked(browser.get(address).text) == []
    sign_up(browser, slot, first)
    assert ticked(browser.get(address).text) == []
    sign_up(browser, slot, second)
    page = browser.get(address).text
    assert ticked(page) == [str(third.id)]
    assert "周小宝（已报名）" in page


def test_an_only_child_is_chosen_from_the_start(app: Flask, make: Factory) -> None:
    browser, (child,) = family(app, make, "周小宝")
    assert ticked(browser.get(f"/slots/{make.slot().id}/registration").text) == [str(child.id)]


def test_where_everybody_is_signed_up_the_codes_are_offered_and_no_second_sign_up(app: Flask, make: Factory) -> None:
    slot, (browser, (child,)) = make.slot(), family(app, make, "周小宝")
    sign_up(browser, slot, child)
    page = browser.get(f"/slots/{slot.id}/registration").text
    assert "已经报过名" in page
    assert 'href="/mine/codes"' in page
    assert 'name="person_id"' not in page
    assert f'href="/slots/{slot.id}/registration/child"' in page, "another child may still come"


def test_a_place_given_back_can_be_taken_again(app: Flask, make: Factory) -> None:
    slot, (browser, (child,)) = make.slot(), family(app, make, "周小宝")
    sign_up(browser, slot, child)
    (number,) = re.findall(r"/registrations/(\d+)", browser.get("/mine").text)[:1]
    browser.post(f"/registrations/{number}/cancellation")
    assert ticked(browser.get(f"/slots/{slot.id}/registration").text) == [str(child.id)]
