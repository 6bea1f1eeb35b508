"""Phones at the door: whose they are, and how one is closed."""

from flask import Flask

from app.checkin.models import Device
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Membership
from app.organisations.operations import end_membership
from tests.factories import Factory
from tests.phone import Phone
from tests.signing_in import Personas


def test_a_phone_stops_working_when_its_opener_leaves_the_host(phone: Phone, make: Factory, app: Flask) -> None:
    assert phone.look_up("zeng").status_code == 200
    with app.app_context():
        membership = db.session.query(Membership).filter_by(user_id=phone.device.opened_by_id).one()
    make.do(end_membership, membership.id, at=now())
    assert phone.look_up("zeng").status_code == 401
    assert phone.send(phone.scan()).status_code == 401


def test_staff_close_a_lost_phone_at_once(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    device, token = make.device(event)
    lost = Phone(personas.anonymous, event, device, token, make.registration(event.slots[0]))
    desk = personas.staff.get(f"/desk/events/{event.id}").text
    assert f"/desk/devices/{device.id}/closing" in desk
    answer = personas.staff.post(f"/desk/devices/{device.id}/closing", follow_redirects=True)
    assert "这部手机已停用" in answer.text
    assert f"/desk/devices/{device.id}/closing" not in answer.text
    assert lost.send(lost.scan()).status_code == 401


def test_staff_of_another_host_cannot_close_it(personas: Personas, make: Factory, app: Flask) -> None:
    device, _ = make.device(make.going_on(personas.host))
    assert personas.outsider.post(f"/desk/devices/{device.id}/closing").status_code == 404
    with app.app_context():
        assert db.session.get_one(Device, device.id).revoked_at is None


def test_brackets_without_end_are_a_bad_request(phone: Phone) -> None:
    path = f"/api/v1/events/{phone.event.id}/scans"
    headers = phone.headers | {"Content-Type": "application/json"}
    assert phone.client.post(path, data="[" * 100_000, headers=headers).status_code == 400


def test_what_is_no_code_is_taken_in_as_unknown(phone: Phone) -> None:
    for code in ("\ud800", "\0", "好" * 200):
        (result,) = phone.send(phone.scan(code=code)).get_json()["results"]
        assert result["verdict"] == "unknown"


def test_nobody_is_looked_up_by_nothing(phone: Phone) -> None:
    assert phone.look_up("  ").status_code == 422
