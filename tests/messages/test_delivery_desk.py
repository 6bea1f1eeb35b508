"""The administrators' list of what may have gone out or not, and the host's 「再试一次」."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.events.models import Registration
from app.messages.models import Channel, Delivery, DeliveryState
from app.messages.troubles import Trouble
from tests import undelivered
from tests.factories import Factory
from tests.letters import first_letter
from tests.messages.readers import contact
from tests.signing_in import Personas

NUMBER = undelivered.NUMBER


@pytest.fixture
def registration(make: Factory, personas: Personas) -> Registration:
    """A place at an event of the host, whose confirmation is stuck."""
    return make.registration(make.event(personas.host).slots[0], name="林晓雨")


@pytest.fixture
def parked(make: Factory, registration: Registration) -> int:
    """Of a text message nobody can know whether it arrived."""
    user = make.user("林妈妈")
    contact(make, user, NUMBER, Channel.SMS)
    return undelivered.delivery(make, first_letter(make, registration.person_id), user.id)


@pytest.fixture
def failed(make: Factory, registration: Registration) -> int:
    """A text message did not arrive."""
    user = make.user("林爸爸", "13600000000")
    contact(make, user, NUMBER, Channel.SMS)
    letter = first_letter(make, registration.person_id)
    return undelivered.delivery(make, letter, user.id, DeliveryState.FAILED, Trouble.NO_SUCH_ADDRESS)


def state_of(app: Flask, delivery_id: int) -> str:
    """Return how a delivery stands."""
    with app.app_context():
        return str(db.session.scalars(select(Delivery.state).where(Delivery.id == delivery_id)).one())


def test_administrators_see_what_is_parked_without_the_whole_number(personas: Personas, parked: int) -> None:
    page = personas.administrator.get("/admin/deliveries").text
    assert "林妈妈" in page
    assert "139****4321" in page
    assert NUMBER not in page
    assert "说不准收到没有" in page
    assert f"/admin/deliveries/{parked}/again" in page


def test_nothing_parked_says_so(personas: Personas) -> None:
    assert "没有要看的" in personas.administrator.get("/admin/deliveries").text


def test_it_went_out_ends_it(app: Flask, personas: Personas, parked: int) -> None:
    assert personas.administrator.post(f"/admin/deliveries/{parked}/sent").status_code == 303
    assert state_of(app, parked) == "sent"
    assert personas.administrator.post(f"/admin/deliveries/{parked}/sent").status_code == 404


def test_once_more_sends_it_again_once(app: Flask, personas: Personas, parked: int) -> None:
    assert personas.administrator.post(f"/admin/deliveries/{parked}/again").status_code == 303
    assert state_of(app, parked) == "waiting"
    assert personas.administrator.post(f"/admin/deliveries/{parked}/again").status_code == 404


def test_only_administrators_look_at_it(personas: Personas, parked: int) -> None:
    for browser in (personas.staff, personas.manager, personas.outsider):
        assert browser.get("/admin/deliveries").status_code == 403
        assert browser.post(f"/admin/deliveries/{parked}/again").status_code == 403


def test_the_list_pages_by_key(personas: Personas, make: Factory, registration: Registration) -> None:
    user, letter = make.user("林妈妈"), first_letter(make, registration.person_id)
    for number in range(51):
        undelivered.delivery(make, letter, user.id, address=f"139000000{number:02}")
    first = personas.administrator.get("/admin/deliveries").text
    assert first.count("/again") == 50
    address = first.split('rel="next" href="')[1].split('"')[0]
    assert personas.administrator.get(address).text.count("/again") == 1


def test_staff_see_on_the_person_what_did_not_arrive_and_try_again(
    app: Flask, personas: Personas, registration: Registration, failed: int
) -> None:
    page = personas.staff.get(f"/desk/registrations/{registration.id}").text
    assert "短信没发到" in page
    assert "这个号码或邮箱不存在。" in page
    assert "139****4321" in page
    back = {"Referer": f"http://localhost/desk/registrations/{registration.id}"}
    answer = personas.staff.post(f"/desk/deliveries/{failed}/again", headers=back)
    assert (answer.status_code, answer.location) == (303, f"/desk/registrations/{registration.id}")
    assert state_of(app, failed) == "waiting"
    again = personas.staff.post(f"/desk/deliveries/{failed}/again", follow_redirects=True)
    assert "这条不能再发" in again.text


def test_another_host_s_staff_finds_nothing(app: Flask, personas: Personas, failed: int) -> None:
    assert personas.outsider.post(f"/desk/deliveries/{failed}/again").status_code == 404
    assert personas.young().post(f"/desk/deliveries/{failed}/again").status_code == 403
    assert state_of(app, failed) == "failed"
