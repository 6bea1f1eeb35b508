"""The page with every component."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_it_shows_every_state(client: FlaskClient) -> None:
    page = client.get("/styleguide").text
    for shown in ("aria-invalid", 'role="progressbar"', "chart__bar", "chart__line", "data-confirm", "data-moment-for"):
        assert shown in page
    assert 'value="20120231"' in page


def test_production_has_no_such_page(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "ENVIRONMENT", "production")
    assert client.get("/styleguide").status_code == 404
