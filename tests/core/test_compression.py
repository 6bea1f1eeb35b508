"""Pages go out small to whoever can read them so, and plain to everybody else."""

import gzip

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_a_page_is_compressed_for_browsers_that_say_they_can(client: FlaskClient) -> None:
    plain = client.get("/verify")
    small = client.get("/verify", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert "<h1>" in gzip.decompress(small.data).decode()
    assert small.content_length == len(small.data) < len(plain.data) / 2


def test_who_refuses_it_gets_it_plain(client: FlaskClient) -> None:
    answer = client.get("/verify", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers


def test_what_is_small_stays_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
