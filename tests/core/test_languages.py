"""Chinese or English: by choice, else by what the browser asks for, else Chinese."""

import pytest
from flask.testing import FlaskClient

from tests.core.test_links import ELSEWHERE


def language_of(client: FlaskClient, accepted: str | None = None) -> str:
    """Return which language the notice board is in."""
    page = client.get("/", headers={"Accept-Language": accepted} if accepted else {}).text
    return page.split('<html lang="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-GB,en;q=0.9,zh-CN;q=0.1", "en"),
        ("EN", "en"),
        ("zh-Hant-TW,en;q=0.5", "zh-CN"),
        ("de-DE,de;q=0.9,en;q=0.4", "en"),
        ("ug,kk", "zh-CN"),
        ("*", "zh-CN"),
        ("en;q=nonsense", "zh-CN"),
    ],
)
def test_the_browser_is_answered_in_the_tongue_it_likes_best(
    client: FlaskClient, accepted: str | None, language: str
) -> None:
    assert language_of(client, accepted) == language


def test_a_choice_goes_before_the_browser_and_can_be_changed_back(client: FlaskClient) -> None:
    client.get("/language/en")
    assert language_of(client, "zh-CN") == "en"
    assert "Sign in" in client.get("/sign-in").text
    client.get("/language/zh_Hans_CN")
    assert language_of(client, "en") == "zh-CN"
    assert "登录" in client.get("/sign-in").text


def test_choosing_a_language_opens_no_session(client: FlaskClient) -> None:
    answer = client.get("/language/en")
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["language"]


@pytest.mark.parametrize("language", ["tlh", "en%00", "EN"])
def test_a_language_that_there_is_not_means_chinese(client: FlaskClient, language: str) -> None:
    client.get("/language/en")
    assert client.get(f"/language/{language}").status_code == 303
    assert language_of(client) == "zh-CN"


def test_one_comes_back_to_the_page_one_was_on(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/sign-in?next=/mine")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/mine")


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_one_is_never_led_elsewhere(client: FlaskClient, target: str | None) -> None:
    answer = client.get("/language/en", query_string={"next": target or ""})
    assert answer.location == "/"
