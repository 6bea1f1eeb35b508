"""Handing a shift on, in the browser."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import db
from app.events.models import Registration, ShiftSwap
from tests.factories import Factory
from tests.shifts import shift, shift_event
from tests.signing_in import Personas, signed_in

TYPED = {"note": "那天要考试", "is_for_all": "y"}


class Scene:
    """Somebody with a shift, and a colleague who might take it."""

    def __init__(self, app: Flask, make: Factory) -> None:
        self.app, self.owner, self.colleague = app, make.user(), make.user()
        self.host = make.organisation()
        self.event = shift_event(make, self.host)
        self.place = make.registration(self.event.slots[0], user=self.owner, age=20)
        self.helper = make.person(self.colleague, age=20, name="陈思远")
        self.address = f"/registrations/{self.place.id}/swap"
        self.browser, self.other = signed_in(app, self.owner), signed_in(app, self.colleague)

    def offer(self) -> str:
        """Offer the shift and return the link's path."""
        assert self.browser.post(self.address, data=TYPED).status_code == 303
        (path,) = set(re.findall(r"/swaps/[0-9A-Z]{16}", self.browser.get(self.address).text))
        return path

    @property
    def states(self) -> list[str]:
        """What the places of the shift are worth, the first one first."""
        with self.app.app_context():
            return [one.state.value for one in db.session.query(Registration).order_by(Registration.id)]


@pytest.fixture
def scene(app: Flask, make: Factory) -> Scene:
    """The two, before anything happens."""
    return Scene(app, make)


def test_a_shift_goes_from_hand_to_hand_by_a_link(scene: Scene) -> None:
    assert scene.address in scene.browser.get(f"/registrations/{scene.place.id}").text
    assert scene.browser.get(scene.address).status_code == 200
    path = scene.offer()
    page = scene.other.get(path).text
    assert "那天要考试" in page
    for _ in range(2):
        answer = scene.other.post(path, data={"person_id": str(scene.helper.id)})
        assert answer.status_code == 303
        assert "陈思远" in scene.other.get(answer.location).text
    assert scene.states == ["cancelled", "confirmed"]
    assert "已经不再转让" in scene.other.get(path).text
    assert scene.browser.get(scene.address).status_code == 200


def test_the_host_reads_who_handed_on_to_whom(scene: Scene, make: Factory) -> None:
    staff = signed_in(scene.app, make.member(scene.host))
    assert 'id="swaps"' not in staff.get(f"/desk/events/{scene.event.id}").text
    path = scene.offer()
    assert "等人接班" in staff.get(f"/desk/events/{scene.event.id}").text
    scene.other.post(path, data={"person_id": str(scene.helper.id)})
    page = staff.get(f"/desk/events/{scene.event.id}").text
    assert "已换班" in page
    assert "陈思远" in page
    assert "一位志愿者把班转给了另一位" in page


def test_the_events_page_offers_it_to_those_whom_it_suits(scene: Scene, client: FlaskClient) -> None:
    path = scene.offer()
    address = f"/events/{scene.event.id}"
    assert path in scene.other.get(address).text
    assert path not in scene.browser.get(address).text
    assert path not in client.get(address).text


def test_it_is_taken_back(scene: Scene) -> None:
    path = scene.offer()
    for _ in range(2):
        assert scene.browser.post(f"{scene.address}/withdrawal").status_code == 303
    answer = scene.other.post(path, data={"person_id": str(scene.helper.id)})
    assert answer.status_code == 422
    assert "已经不再转让" in answer.text
    assert scene.states == ["confirmed"]


def test_somebody_else_cannot_offer_it_or_take_it_back(scene: Scene) -> None:
    scene.offer()
    assert scene.other.get(scene.address).status_code == 404
    assert scene.other.post(scene.address, data=TYPED).status_code == 404
    assert scene.other.post(f"{scene.address}/withdrawal").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(scene: Scene, client: FlaskClient) -> None:
    path = scene.offer()
    assert f"/sign-in?next={path}" in client.get(path).text
    assert client.post(path, data={"person_id": str(scene.helper.id)}).location.startswith("/sign-in")
    assert scene.states == ["confirmed"]


def test_its_owner_and_whoever_has_nobody_are_told_what_to_do(scene: Scene, make: Factory) -> None:
    path = scene.offer()
    assert "这是你自己的班" in scene.browser.get(path).text
    assert "还没有报过名的人" in signed_in(scene.app, make.user()).get(path).text


@pytest.mark.parametrize("person_id", ["", "0", "x", "999999"])
def test_nobody_and_a_stranger_are_refused(scene: Scene, person_id: str) -> None:
    answer = scene.other.post(scene.offer(), data={"person_id": person_id})
    assert answer.status_code == 422
    assert scene.states == ["confirmed"]


def test_a_note_that_is_too_long_stays_in_the_form(scene: Scene) -> None:
    answer = scene.browser.post(scene.address, data={"note": "长" * 121})
    assert answer.status_code == 422
    assert "长" * 121 in answer.text
    with scene.app.app_context():
        assert db.session.query(ShiftSwap).count() == 0


def test_where_it_is_not_allowed_the_page_says_so(app: Flask, make: Factory) -> None:
    place = make.registration(shift(make, allows_swaps=False), user=(owner := make.user()), age=20)
    browser = signed_in(app, owner)
    assert "/swap" not in browser.get(f"/registrations/{place.id}").text
    answer = browser.post(f"/registrations/{place.id}/swap", data=TYPED)
    assert answer.status_code == 422
    assert "这一班不能转让" in answer.text


def test_a_link_that_leads_nowhere_is_404(personas: Personas) -> None:
    assert personas.anonymous.get("/swaps/0000000000000000").status_code == 404
    assert personas.young().post("/swaps/0000000000000000").status_code == 404
