"""The door's pages, for staff of the host: open a device, check in, put right; and the code in a browser."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import Attendance, Correction, Scan
from app.core.clock import now
from app.core.db import Base, db
from app.events.announcing import cancel_event
from app.events.models import Registration
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def registration(personas: Personas, make: Factory) -> Registration:
    """Somebody with a place in the host's event that is going on."""
    event = make.going_on(personas.host)
    return make.registration(event.slots[0], user=make.user(), name="林晓雨")


def rows(app: Flask, model: type[Base]) -> int:
    """Return how many there are."""
    with app.app_context():
        return db.session.scalar(select(func.count(model.id))) or 0


def desk(registration: Registration, what: str = "") -> str:
    """Return the address of a person at the organiser's desk."""
    return f"/desk/registrations/{registration.id}{what}"


def test_opening_the_scanner_makes_a_device_whose_token_works(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    opened = personas.staff.post(f"/desk/events/{event.id}/devices")
    assert (opened.status_code, opened.headers["Cache-Control"]) == (200, "no-store")
    headers = {"Authorization": f"Bearer {opened.json['token']}"}
    path = f"/api/v1/events/{event.id}/registrations/search"
    found = personas.anonymous.post(path, json={"q": "z"}, headers=headers)
    assert found.status_code == 200


def test_a_device_is_not_opened_two_days_before(personas: Personas, make: Factory) -> None:
    begins = now() + timedelta(days=2)
    event = make.event(personas.host, starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert personas.staff.post(f"/desk/events/{event.id}/devices").status_code == 422


def test_only_the_scanner_page_may_run_webassembly(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    scanner = personas.staff.get(f"/desk/events/{event.id}/scanner").headers["Content-Security-Policy"]
    page = personas.staff.get(f"/desk/events/{event.id}").headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in scanner
    assert "unsafe" not in page


def test_staff_check_somebody_in_by_hand_and_twice_is_as_good_as_once(
    personas: Personas, registration: Registration, app: Flask
) -> None:
    for _ in range(2):
        page = personas.staff.post(desk(registration, "/arrival"), follow_redirects=True)
    assert "签到时间" in page.text or "已签到" in page.text
    assert (rows(app, Attendance), rows(app, Scan)) == (1, 2)


def test_a_correction_needs_a_reason_and_is_kept_with_it(
    personas: Personas, registration: Registration, app: Flask
) -> None:
    address = desk(registration, "/correction")
    personas.staff.post(address, data={"kind": "present", "reason": "  "})
    assert rows(app, Correction) == 0
    page = personas.staff.post(address, data={"kind": "present", "reason": "名单漏扫"}, follow_redirects=True)
    assert "名单漏扫" in page.text
    assert rows(app, Attendance) == 1
    personas.staff.post(address, data={"kind": "absent", "reason": "认错人了"})
    assert rows(app, Attendance) == 0


def test_a_person_of_another_host_cannot_be_found(personas: Personas, registration: Registration, app: Flask) -> None:
    assert personas.outsider.get(desk(registration)).status_code == 404
    assert personas.outsider.post(desk(registration, "/arrival")).status_code == 404
    answer = personas.outsider.post(desk(registration, "/correction"), data={"kind": "present", "reason": "x"})
    assert answer.status_code == 404
    assert (rows(app, Scan), rows(app, Correction)) == (0, 0)


def test_the_page_of_a_person_shows_half_of_the_phone_number(personas: Personas, registration: Registration) -> None:
    page = personas.staff.get(desk(registration)).text
    assert "137****5678" in page
    assert "13712345678" not in page


def test_nobody_is_checked_in_at_a_cancelled_event(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    page = desk(make.registration(event.slots[0]))
    assert f'action="{page}/arrival"' in personas.staff.get(page).text
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    assert f'action="{page}/arrival"' not in personas.staff.get(page).text


def test_the_code_opened_by_staff_leads_to_the_person(personas: Personas, registration: Registration) -> None:
    answer = personas.staff.get(f"/P/{registration.code}")
    assert (answer.status_code, answer.location) == (302, desk(registration))


def test_the_code_opened_by_the_family_leads_to_the_pass(personas: Personas, make: Factory) -> None:
    user = make.user()
    registration = make.registration(user=user)
    answer = personas.young(user).get(f"/P/{registration.code}")
    assert (answer.status_code, answer.location) == (302, f"/registrations/{registration.id}")


@pytest.mark.parametrize("who", ["anonymous", "outsider", "school_office", "administrator"])
def test_the_code_opened_by_anybody_else_shows_the_event_and_no_name(
    personas: Personas, registration: Registration, who: str
) -> None:
    page = getattr(personas, who).get(f"/P/{registration.code}")
    assert page.status_code == 200
    assert "古镇文化交流日" in page.text
    assert "林晓雨" not in page.text


@pytest.mark.parametrize("code", ["0000000000000000", "SHORT", "%E4%B8%AD", "0" * 300])
def test_a_code_that_nobody_has_is_not_found(personas: Personas, code: str) -> None:
    assert personas.anonymous.get(f"/P/{code}").status_code == 404


def test_the_code_forgives_lower_case_and_lookalikes(personas: Personas, registration: Registration) -> None:
    typed = registration.code.lower().replace("0", "o").replace("1", "l")
    assert personas.staff.get(f"/P/{typed}").status_code == 302


def test_the_door_never_hears_that_a_guardian_is_missing(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    child = make.registration(event.slots[0], name="小小", age=9)
    page = personas.staff.post(desk(child, "/arrival"), follow_redirects=True)
    (said,) = re.findall(r'role="status">.*?<p>(.*?)</p>', page.text, re.DOTALL)
    assert said == "请到服务台"
