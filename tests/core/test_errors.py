"""What people and programs read when something is refused or breaks."""

from typing import NoReturn

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from app.core.access import public
from app.core.problems import Problem
from tests.counting import statements
from tests.factories import PASSWORD, Factory
from tests.signing_in import Personas

SOMEBODY = "林晓雨 13812345678"
HTML, JSON = "text/html; charset=utf-8", "application/json"


@pytest.fixture
def live(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser of an application that does not know it is tested, and so answers what breaks."""
    monkeypatch.setitem(app.config, "TESTING", False)
    return app.test_client()


@public
def broken(**_: int) -> NoReturn:
    """A view with a mistake in it."""
    raise KeyError(SOMEBODY)


@public
def against_a_rule(**_: int) -> NoReturn:
    """A view that lets a rule's no through."""
    raise Problem


def unmarked(**_: int) -> str:
    """A view that nobody marked."""
    return "secret"


def test_a_page_that_is_not_there_says_so_and_shows_a_way_on(client: FlaskClient) -> None:
    answer = client.get("/nothing-here")
    assert (answer.status_code, answer.content_type) == (404, HTML)
    assert "没找到这一页" in answer.text
    assert 'href="/"' in answer.text


def test_an_address_of_the_api_that_is_not_there_answers_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing-here")
    assert (answer.status_code, answer.content_type) == (404, JSON)
    assert answer.json is not None
    assert answer.json["error"] == "not_found"
    assert answer.json["message"]


def test_the_wrong_method_is_answered_in_kind(client: FlaskClient) -> None:
    page = client.get("/sign-out")
    assert (page.status_code, page.content_type) == (405, HTML)
    data = client.get("/api/v1/events/1/scans")
    assert (data.status_code, data.content_type) == (405, JSON)


def test_somebody_without_the_role_reads_that_the_page_is_closed(personas: Personas) -> None:
    answer = personas.young().get("/desk/events")
    assert (answer.status_code, answer.content_type) == (403, HTML)


def test_somebody_signed_in_is_led_back_to_work_and_to_the_other_places_of_it(
    personas: Personas, make: Factory
) -> None:
    one_place = personas.staff.get("/school/classes").text
    assert 'href="/start"' in one_place
    assert 'action="/view"' not in one_place
    school_too = make.member(make.school("第二中学"), user=make.member(personas.host))
    assert "第二中学" in personas.young(school_too).get("/admin/organisations").text


def test_what_breaks_for_somebody_signed_in_asks_nothing_more(
    app: Flask, live: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make.user(phone="13800138000")
    live.post("/sign-in", data={"identifier": "13800138000", "password": PASSWORD})
    monkeypatch.setitem(app.view_functions, "pages.home", unmarked)
    with statements(app) as asked:
        answer = live.get("/")
    assert (answer.status_code, list(asked)) == (403, [])
    assert user.name not in answer.text


def test_the_api_without_a_token_answers_401_in_json(client: FlaskClient) -> None:
    answer = client.post("/api/v1/events/1/scans", json={})
    assert (answer.status_code, answer.content_type) == (401, JSON)
    assert answer.json is not None
    assert answer.json["error"] == "unauthorized"


def test_a_session_opens_nothing_in_the_api(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    assert personas.staff.post(f"/api/v1/events/{event.id}/scans", json={}).status_code == 401


def test_a_malformed_batch_answers_422_in_json(client: FlaskClient, make: Factory) -> None:
    event = make.going_on()
    _device, token = make.device(event)
    bearer = {"Authorization": f"Bearer {token}"}
    answer = client.post(f"/api/v1/events/{event.id}/scans", json={"scans": []}, headers=bearer)
    assert (answer.status_code, answer.content_type) == (422, JSON)
    assert answer.json is not None
    assert answer.json["error"] == "malformed"


def test_a_malformed_form_answers_422_with_the_page(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"identifier": "王芳"})
    assert (answer.status_code, answer.content_type) == (422, HTML)
    assert 'value="王芳"' in answer.text


@pytest.mark.parametrize("view", [broken, against_a_rule, unmarked])
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
def test_whatever_happens_in_a_page_is_answered_with_a_page(
    app: Flask, live: FlaskClient, monkeypatch: pytest.MonkeyPatch, view: object, language: str
) -> None:
    live.post("/language", data={"language": language})
    monkeypatch.setitem(app.view_functions, "pages.home", view)
    answer = live.get("/")
    assert answer.status_code == {broken: 500, against_a_rule: 422, unmarked: 403}[view]
    assert answer.content_type == HTML
    assert "secret" not in answer.text
    assert "林晓雨" not in answer.text


@pytest.mark.parametrize("view", [broken, against_a_rule, unmarked])
def test_whatever_happens_in_the_api_is_answered_in_json(
    app: Flask, live: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch, view: object
) -> None:
    _device, token = make.device(make.going_on())
    monkeypatch.setitem(app.view_functions, "api.report", view)
    answer = live.post("/api/v1/events/1/scans", json={}, headers={"Authorization": f"Bearer {token}"})
    status, name = {broken: (500, "broken"), against_a_rule: (422, "problem"), unmarked: (403, "forbidden")}[view]
    assert (answer.status_code, answer.content_type) == (status, JSON)
    assert answer.json is not None
    assert answer.json["error"] == name
    assert "林晓雨" not in answer.text


def test_what_broke_is_written_down_without_whom_it_was_about(
    app: Flask, live: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.view_functions, "pages.home", broken)
    with capture_logs() as lines:
        live.get("/")
    (line,) = [one for one in lines if one["log_level"] == "error"]
    assert line["error"] == "KeyError"
    assert "test_errors.py" in str(line["where"])
    assert "林晓雨" not in str(lines) + caplog.text
    assert "13812345678" not in str(lines) + caplog.text


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_error_that_is_answered_has_words_of_its_own(
    app: Flask, live: FlaskClient, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setitem(app.view_functions, "pages.home", public(lambda: abort(code)))
    answer = live.get("/")
    assert answer.status_code == code
    assert f"{code}" in answer.text
    assert "<h1>" in answer.text


def test_too_much_at_once_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"identifier": "x" * 13_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("referrer", ["http://[", "//[::1", "http://[x]/"])
def test_a_page_is_missing_as_before_for_whoever_comes_from_nowhere_readable(
    client: FlaskClient, referrer: str
) -> None:
    assert client.get("/nothing-here", headers={"Referer": referrer}).status_code == 404
