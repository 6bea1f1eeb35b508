"""Chinese unless somebody chose English."""

import pytest
from flask.testing import FlaskClient

from tests.core.test_links import ELSEWHERE


def language_of(client: FlaskClient) -> str:
    """Return which language the notice board is in."""
    page = client.get("/").text
    return page.split('<html lang="', 1)[1].split('"', 1)[0]


def test_pages_are_chinese_until_somebody_chooses(client: FlaskClient) -> None:
    assert language_of(client) == "zh-CN"
    client.get("/", headers={"Accept-Language": "en"})
    assert language_of(client) == "zh-CN"


def test_a_choice_is_kept_and_can_be_changed_back(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en"})
    assert language_of(client) == "en"
    assert "Sign in" in client.get("/sign-in").text
    client.post("/language", data={"language": "zh_Hans_CN"})
    assert language_of(client) == "zh-CN"
    assert "登录" in client.get("/sign-in").text


@pytest.mark.parametrize("language", ["", "tlh", "en\0", "../en"])
def test_a_language_that_there_is_not_means_chinese(client: FlaskClient, language: str) -> None:
    client.post("/language", data={"language": "en"})
    assert client.post("/language", data={"language": language}).status_code == 303
    assert language_of(client) == "zh-CN"


def test_one_comes_back_to_the_page_one_was_on(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/sign-in?next=/mine"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/mine")


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_one_is_never_led_elsewhere(client: FlaskClient, target: str | None) -> None:
    answer = client.post("/language", data={"language": "en", "next": target or ""})
    assert answer.location == "/"
