"""While the database is away every page still answers, with words, a way on, and without asking it again."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests import databases
from tests.sessions import COOKIE, session_of

AWAY = ["sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://nobody@127.0.0.1:1/away"]
PATHS = ["/", "/sign-in", "/events/1", "/mine", "/mine/codes", "/desk/events", "/nothing-here", "/offline"]


@pytest.fixture(params=AWAY, ids=["sqlite", "postgresql"])
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A browser in which somebody was signed in when the database went away."""
    app = create_app(databases.settings_for(request.param, tmp_path_factory.mktemp("data")))
    client = app.test_client()
    client.set_cookie("language", "zh_Hans_CN")
    client.set_cookie(COOKIE, session_of(app, "somebody").cookie)
    return client


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_without_a_database(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {200, 404, 503}
    assert answer.status_code == 503 or path in {"/offline", "/nothing-here", "/sign-in"}
    assert answer.text.count("<h1") == 1
    assert 'href="/"' in answer.text


def test_it_says_that_codes_on_phones_still_work(browser: FlaskClient) -> None:
    answer = browser.get("/mine/codes")
    assert "入场码照样能用" in answer.text
    assert 'href="/mine/codes"' in answer.text


def test_a_form_that_was_sent_and_the_api_are_answered_in_kind(browser: FlaskClient) -> None:
    assert browser.post("/sign-out").status_code == 400  # without its token, before anything is asked
    look_up, headers = "/api/v1/events/1/registrations/search", {"Authorization": "Bearer x"}
    answer = browser.post(look_up, json={"q": "lin"}, headers=headers)
    assert (answer.status_code, answer.content_type) == (503, "application/json")


def test_whoever_watches_the_machine_reads_what_is_wrong(browser: FlaskClient) -> None:
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503
