"""What the program does differently from Flask."""

from flask import Flask, session

from app.core.program import Program
from tests.factories import Factory
from tests.signing_in import signed_in


def test_a_cookie_means_nothing_where_devices_ask(app: Flask, make: Factory) -> None:
    host = make.organisation()
    event, browser = make.going_on(host), signed_in(app, make.member(host))
    assert browser.get("/desk/events").status_code == 200
    answer = browser.post(f"/api/v1/events/{event.id}/registrations/search", json={"q": "lin"})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert browser.get("/desk/events").status_code == 200


def test_the_session_of_a_device_is_empty_and_stays_so(app: Flask) -> None:
    assert isinstance(app, Program)
    with app.test_request_context("/api/v1/events/1/scans", headers={"Cookie": "session=x"}):
        assert dict(session) == {}
        assert app.session_interface.is_null_session(session)
    with app.test_request_context("/"):
        assert not app.session_interface.is_null_session(session)
