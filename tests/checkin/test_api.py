"""The scanner's JSON: what a phone at the door sends and gets."""

from datetime import timedelta
from typing import Any

import pytest

from app.checkin.models import Device
from app.core.clock import now
from app.core.db import db
from tests.factories import Factory
from tests.phone import Phone
from tests.signing_in import Personas


def test_a_scan_is_answered_with_verdict_name_and_slot_and_if_asked_with_head_counts(phone: Phone) -> None:
    answer = phone.send(phone.scan(), counts=True)
    assert answer.status_code == 200
    (result,) = answer.json["results"]
    assert (result["verdict"], result["name"], result["slot"]) == ("arrived", "曾晓雨", "上午场")
    assert answer.json["counts"] == {"registered": 1, "arrived": 1}
    assert phone.send(phone.scan()).json["counts"] is None


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


def test_the_clock_of_the_phone_is_put_right(phone: Phone) -> None:
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
    answer = phone.send(phone.scan(scanned_at=scanned_at), device_time=device_time, counts=True)
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
    path = f"/api/v1/events/{event.id}/registrations/search"
    assert personas.staff.post(path, json={"q": "z"}).status_code == 401


def test_a_token_opens_no_page(phone: Phone) -> None:
    page = phone.client.get(f"/desk/events/{phone.event.id}", headers=phone.headers)
    assert page.status_code == 302


def test_the_token_of_another_event_finds_nothing(phone: Phone, make: Factory) -> None:
    other = make.going_on()
    assert phone.send(phone.scan(), event_id=other.id).status_code == 404
    path = f"/api/v1/events/{other.id}/registrations/search"
    assert phone.client.post(path, json={"q": "z"}, headers=phone.headers).status_code == 404


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
