"""No other site can press our buttons."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.core.access import API_PREFIX
from tests.addresses import values_for
from tests.factories import PASSWORD, Factory
from tests.signing_in import signed_in

VALUES: dict[str, Any] = {
    "code": "0000000000000000",
    "filename": "x",
    "certificate_code": "0" * 16,
}


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with CSRF checked, as it runs."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def changing(app: Flask) -> list[Rule]:
    """Return the addresses that take anything else than reading."""
    return [rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}]


def path_of(app: Flask, rule: Rule) -> str:
    """Return one address of a rule."""
    values = values_for(rule, VALUES, 1)
    with app.test_request_context():
        return str(app.url_map.bind("tongxing.test").build(rule.endpoint, values, method="POST"))


def token_in(page: str) -> str:
    """Return the token that a page's form carries."""
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def test_every_form_is_refused_without_its_token(guarded: Flask, make: Factory) -> None:
    browser = signed_in(guarded, make.user())
    pages = [rule for rule in changing(guarded) if not rule.rule.startswith(API_PREFIX)]
    assert len(pages) > 15
    answers = {rule.rule: browser.post(path_of(guarded, rule)).status_code for rule in pages}
    assert set(answers.values()) == {400}, answers


def test_the_api_needs_a_bearers_token_and_no_other(guarded: Flask) -> None:
    data = [rule for rule in changing(guarded) if rule.rule.startswith(API_PREFIX)]
    assert data
    for rule in data:
        assert guarded.test_client().post(path_of(guarded, rule), json={}).status_code == 401


def test_with_the_token_of_the_page_the_form_goes_through(guarded: Flask, make: Factory) -> None:
    make.user(phone="13800138000")
    browser = guarded.test_client()
    typed = {"identifier": "13800138000", "password": PASSWORD}
    token = token_in(browser.get("/sign-in").text)
    assert browser.post("/sign-in", data=typed | {"csrf_token": token}).status_code == 303


def test_the_token_of_somebody_elses_page_is_refused(guarded: Flask, client: FlaskClient) -> None:
    token = token_in(client.get("/sign-in").text)
    other = guarded.test_client()
    other.get("/sign-in")
    answer = other.post("/sign-in", data={"identifier": "13800138000", "password": "x", "csrf_token": token})
    assert answer.status_code == 400


def test_a_token_may_come_in_a_header_as_scripts_send_it(guarded: Flask) -> None:
    browser = guarded.test_client()
    token = token_in(browser.get("/sign-in").text)
    answer = browser.post("/sign-in", data={"identifier": "", "password": ""}, headers={"X-CSRFToken": token})
    assert answer.status_code == 422
