"""The scanner's JSON: what a phone at the door sends and gets."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.checkin.models import Device
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from tests.factories import Factory
from tests.signing_in import Personas


@dataclass
class Phone:
    """A phone at the door, and somebody who has a place."""

    client: FlaskClient
    event: Event
    device: Device
    token: str
    registration: Registration

    def scan(self, **changes: Any) -> dict[str, Any]:
        """Return a scan of the person's code."""
        values = {"id": str(uuid4()), "code": self.registration.code, "scanned_at": now().isoformat()}
        return values | {"source": "camera"} | changes

    def send(self, *scans: dict[str, Any], event_id: int | None = None, **batch: Any) -> TestResponse:
        """Report scans."""
        body = {"device_time": now().isoformat(), "scans": list(scans)} | batch
        path = f"/api/v1/events/{event_id or self.event.id}/scans"
        return self.client.post(path, json=body, headers=self.headers)

    def look_up(self, text: str) -> TestResponse:
        """Look for a name."""
        path = f"/api/v1/events/{self.event.id}/registrations"
        return self.client.get(path, query_string={"q": text}, headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        """What the phone signs its requests with."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@pytest.fixture
def phone(client: FlaskClient, make: Factory) -> Phone:
    """A phone at the door of an event that is going on."""
    event = make.going_on()
    device, token = make.device(event)
    registration = make.registration(event.slots[0], name="曾晓雨", school=make.school("清溪一中"))
    return Phone(client, event, device, token, registration)


def test_a_scan_is_answered_with_verdict_name_slot_and_head_counts(phone: Phone) -> None:
    answer = phone.send(phone.scan())
    assert answer.status_code == 200
    (result,) = answer.json["results"]
    assert (result["verdict"], result["name"], result["slot"]) == ("arrived", "曾晓雨", "上午场")
    assert answer.json["counts"] == {"registered": 1, "arrived": 1}


def test_the_code_may_be_a_whole_address_or_typed_with_spaces(phone: Phone) -> None:
    code = phone.registration.code
    spaced = f"{code[:4]} {code[4:8].lower()} {code[8:12]} {code[12:]}"
    scans = [phone.scan(code=f"HTTP://TONGXING.TEST/P/{code}"), phone.scan(code=spaced, source="typed")]
    assert {result["name"] for result in phone.send(*scans).json["results"]} == {"曾晓雨"}


def test_the_same_scans_sent_again_get_the_same_answers(phone: Phone) -> None:
    scan = phone.scan()
    assert phone.send(scan).json == phone.send(scan).json


def test_answers_come_in_the_order_of_the_scans_and_name_their_keys(phone: Phone) -> None:
    scans = [phone.scan(), phone.scan(code="0" * 16), phone.scan(code="nonsense")]
    results = phone.send(*scans).json["results"]
    assert [result["id"] for result in results] == [scan["id"] for scan in scans]
    assert [result["verdict"] for result in results] == ["arrived", "unknown", "unknown"]
    assert [result["name"] for result in results] == ["曾晓雨", None, None]


def test_the_clock_of_the_phone_is_put_right(phone: Phone, app: Flask) -> None:
    wrong = now() - timedelta(days=300)
    result = phone.send(phone.scan(scanned_at=wrong.isoformat()), device_time=wrong.isoformat()).json["results"][0]
    assert result["verdict"] == "arrived"


@pytest.mark.parametrize(
    ("device_time", "scanned_at"),
    [
        ("0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59Z"),
        ("9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ],
)
def test_a_clock_that_says_anything_loses_no_scan(phone: Phone, device_time: str, scanned_at: str) -> None:
    answer = phone.send(phone.scan(scanned_at=scanned_at), device_time=device_time)
    assert answer.status_code == 200
    assert answer.json["counts"]["arrived"] == 1


def test_a_held_child_is_sent_to_the_desk_without_a_reason(phone: Phone, make: Factory) -> None:
    child = make.registration(phone.event.slots[0], name="小小", age=9)
    (result,) = phone.send(phone.scan(code=child.code)).json["results"]
    assert set(result) == {"id", "verdict", "message", "name", "slot", "arrived_at"}
    assert (result["verdict"], result["message"]) == ("desk", "请到服务台")


def test_somebody_of_another_event_has_no_name_at_this_door(phone: Phone, make: Factory) -> None:
    stranger = make.registration(make.going_on().slots[0], name="陈思远")
    answer = phone.send(phone.scan(code=stranger.code), phone.scan(code=None, registration_id=stranger.id))
    assert [result["verdict"] for result in answer.json["results"]] == ["other_event", "unknown"]
    assert "陈思远" not in answer.text


def test_without_a_token_nothing_is_answered(phone: Phone) -> None:
    phone.token = ""
    answer = phone.send(phone.scan())
    assert (answer.status_code, answer.json["error"]) == (401, "unauthorized")
    assert phone.look_up("z").status_code == 401


@pytest.mark.parametrize("token", ["wrong", " ", "wrong wrong"])
def test_a_wrong_token_opens_nothing(phone: Phone, token: str) -> None:
    phone.token = token
    assert phone.send(phone.scan()).status_code == 401


def test_being_signed_in_is_not_enough(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    personas.staff.get(f"/desk/events/{event.id}")
    assert personas.staff.get(f"/api/v1/events/{event.id}/registrations?q=z").status_code == 401


def test_a_token_opens_no_page(phone: Phone) -> None:
    page = phone.client.get(f"/desk/events/{phone.event.id}", headers=phone.headers)
    assert page.status_code == 302


def test_the_token_of_another_event_finds_nothing(phone: Phone, make: Factory) -> None:
    other = make.going_on()
    assert phone.send(phone.scan(), event_id=other.id).status_code == 404
    path = f"/api/v1/events/{other.id}/registrations?q=z"
    assert phone.client.get(path, headers=phone.headers).status_code == 404


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"expires_at": now() - timedelta(seconds=1)}])
def test_a_phone_that_was_closed_or_has_expired_is_asked_to_open_again(
    phone: Phone, make: Factory, change: dict[str, Any]
) -> None:
    def close() -> None:
        for name, value in change.items():
            setattr(db.session.get_one(Device, phone.device.id), name, value)

    make.do(close)
    assert phone.send(phone.scan()).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"id": "not a uuid"},
        {"code": None},
        {"registration_id": 1},
        {"scanned_at": "yesterday"},
        {"source": "staff"},
        {"source": "gossip"},
        {"code": "x" * 301},
        {"code": None, "registration_id": 10**20},
        {"surprise": 1},
    ],
)
def test_a_malformed_scan_is_refused_in_json(phone: Phone, change: dict[str, Any]) -> None:
    answer = phone.send(phone.scan(**change))
    assert (answer.status_code, answer.json["error"]) == (422, "malformed")


def test_a_batch_holds_one_to_fifty_scans(phone: Phone) -> None:
    assert phone.send().status_code == 422
    assert phone.send(*[phone.scan() for _ in range(51)]).status_code == 422
    fifty = phone.send(*[phone.scan() for _ in range(50)])
    assert len(fifty.json["results"]) == 50


def test_what_is_no_json_is_refused_in_json(phone: Phone) -> None:
    path = f"/api/v1/events/{phone.event.id}/scans"
    answer = phone.client.post(path, data="{", content_type="application/json", headers=phone.headers)
    assert answer.status_code in {400, 422}
    assert set(answer.json) == {"error", "message"}


@pytest.mark.parametrize("text", ["曾晓雨", "曾", "zeng", "ZengXiao", "zxy", " z "])
def test_somebody_without_a_phone_is_found_by_name_pinyin_and_initials(phone: Phone, text: str) -> None:
    (found,) = phone.look_up(text).json["registrations"]
    assert found == {
        "id": phone.registration.id,
        "name": "曾晓雨",
        "school": "清溪一中",
        "class_name": "高二（3）班",
        "slot": "上午场",
        "arrived_at": None,
    }


@pytest.mark.parametrize("text", ["晓雨", "ceng", "%", "_", "\0", "'"])
def test_what_no_name_begins_with_finds_nobody(phone: Phone, text: str) -> None:
    answer = phone.look_up(text)
    assert (answer.status_code, answer.json) == (200, {"registrations": []})


def test_the_look_up_shows_twenty_people_of_this_event_and_of_no_other(phone: Phone, make: Factory) -> None:
    for _ in range(21):
        make.registration(phone.event.slots[0], name="曾晓雪")
    make.registration(make.going_on().slots[0], name="曾晓静")
    names = [one["name"] for one in phone.look_up("zeng").json["registrations"]]
    assert names == ["曾晓雪"] * 20


@pytest.mark.parametrize("text", ["", "x" * 61])
def test_a_look_up_of_nothing_or_too_much_is_malformed(phone: Phone, text: str) -> None:
    assert phone.look_up(text).status_code == 422
