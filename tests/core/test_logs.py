"""What the log tells, and whom it does not name."""

import json

from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.factories import PASSWORD, Factory
from tests.searches import searched
from tests.signing_in import Personas


def test_a_request_is_one_line_with_its_pattern_and_its_status(client: FlaskClient, make: Factory) -> None:
    event = make.event()
    with capture_logs() as lines:
        client.get(f"/events/{event.id}?from=poster")
    (line,) = lines
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert line["route"] == "/events/<int:event_id>"
    assert line["user"] is None
    assert line["ms"] >= 0


def test_who_is_signed_in_appears_as_a_number(personas: Personas, make: Factory) -> None:
    user = make.user("周建国")
    browser = personas.young(user)
    with capture_logs() as lines:
        browser.get("/mine")
    assert lines[0]["user"] == user.id
    assert "周建国" not in json.dumps(lines, ensure_ascii=False)


def test_no_line_tells_a_code_a_name_a_phone_or_a_password(personas: Personas, make: Factory) -> None:
    slot = make.slot(make.event(personas.host))
    user = make.user("周建国", phone="13987654321")
    registration = make.registration(slot, user=user, name="林晓雨")
    typed = {"identifier": "13987654321", "password": PASSWORD}
    desk = f"/desk/events/{slot.event_id}/registrations"
    with capture_logs() as lines:
        personas.anonymous.post("/sign-in", data=typed)
        personas.anonymous.post("/sign-in", data=typed | {"password": "wrong"})
        personas.outsider.get(f"/P/{registration.code}")
        personas.outsider.get(f"/P/{registration.code.lower()}X")
        personas.outsider.get(f"/nothing/{registration.code}")
        searched(personas.staff, desk, "林晓雨")
        personas.staff.post(f"{desk}/download", data={"file_format": "csv", "purpose": "check"})
    told = json.dumps(lines, ensure_ascii=False)
    assert len(lines) == 8
    for secret in (registration.code, registration.code.lower(), "林晓雨", "周建国", "13987654321", PASSWORD):
        assert secret not in told


def test_an_address_that_is_not_there_is_not_written_down(client: FlaskClient) -> None:
    with capture_logs() as lines:
        client.get("/林晓雨/13987654321")
    assert (lines[0]["route"], lines[0]["status"]) == (None, 404)
    assert "13987654321" not in str(lines)
