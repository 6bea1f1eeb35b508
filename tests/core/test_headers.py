"""What every answer tells the browser not to do."""

import pytest
from flask.testing import FlaskClient

from tests.factories import Factory
from tests.signing_in import Personas

PATHS = ["/", "/sign-in", "/nothing-here", "/healthz", "/api/v1/nothing-here", "/P/0000000000000000"]


def policy_of(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the content security policy of an answer, by directive."""
    sent = client.get(path).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in sent.split(";"))


@pytest.mark.parametrize("path", PATHS)
def test_no_page_runs_anything_from_elsewhere_or_written_into_it(client: FlaskClient, path: str) -> None:
    policy = policy_of(client, path)
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)
    assert "http" not in str(policy)


def test_only_the_scanner_may_run_webassembly_and_nothing_else_unsafe(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    policy = policy_of(personas.staff, f"/desk/events/{event.id}/scanner")
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert str(policy).count("unsafe") == 1
    assert "unsafe" not in str(policy_of(personas.staff, f"/desk/events/{event.id}"))


@pytest.mark.parametrize("path", PATHS)
def test_types_are_not_guessed_and_addresses_not_told_to_others(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(self), microphone=()")


def test_pages_are_not_kept_by_caches_that_others_share(personas: Personas) -> None:
    assert personas.young().get("/mine").headers["Cache-Control"].startswith("private")


def test_built_files_are_kept_for_ever_and_not_guessed(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    with client.get(address) as answer:
        headers = answer.headers
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


def test_each_cookie_is_out_of_reach_for_scripts_and_other_sites(client: FlaskClient) -> None:
    for address, name in (("/sign-in", "tongxing="), ("/language/en", "language=")):
        (cookie,) = client.get(address).headers.getlist("Set-Cookie")
        assert cookie.startswith(name)
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
