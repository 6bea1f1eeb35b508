"""The worker's own file, and how pages tell it whose they are."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.pages.offline import WHOSE
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_worker_looks_after_the_whole_site_and_is_asked_for_anew(client: FlaskClient) -> None:
    answer = client.get("/sw.js?look=/static/dist/x.css")
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(answer.data) < 3000
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_page_without_a_network_is_the_same_for_everybody(client: FlaskClient, personas: Personas) -> None:
    client.set_cookie("language", "zh_Hans_CN")
    pages = {browser.get("/offline").text for browser in (client, personas.young(), personas.staff)}
    assert len(pages) == 1


def test_a_page_says_whose_it_is_without_saying_who_that_is(app: Flask, client: FlaskClient, make: Factory) -> None:
    young, other = make.user("林晓雨"), make.user("陈思远")
    marks = [signed_in(app, user).get("/mine/codes").headers[WHOSE] for user in (young, young, other)]
    assert marks[0] == marks[1] != marks[2]
    assert str(young.id) != marks[0]
    assert client.get("/sign-in").headers[WHOSE] == "nobody"


def test_a_code_and_its_pictures_say_whose_they_are(app: Flask, make: Factory) -> None:
    young = make.user("林晓雨")
    address = f"/registrations/{make.registration(user=young).id}"
    browser = signed_in(app, young)
    marks = {browser.get(address + rest).headers[WHOSE] for rest in ("", "/code.png", "/pass.png")}
    assert len(marks) == 1
