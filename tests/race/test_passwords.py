"""A burst of guesses at one password, over HTTP, against four processes."""

from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from app.accounts.tries import MOST
from tests.factories import PASSWORD, Factory
from tests.race.crowd import at_once
from tests.servers import Server, running
from tests.sessions import COOKIE, Pass, session_of

PHONE, NOBODYS = "13800138000", "13900139000"
GUESSES = 30
CHECKED, CLOSED, LET_IN = "checked", "closed", "let in"


class Burst:
    """Strangers who all have the page at which one signs in."""

    def __init__(self, server: Server, page: Pass) -> None:
        self._server, self._page = server, page

    def send(self, phone: str, *passwords: str) -> Counter[str]:
        """Send the passwords at once; return how often a password was found wrong, and how often none was looked at."""
        asked = [(phone, password) for password in passwords]
        return Counter(at_once(self._server, self._sign_in, asked, abreast=len(asked)))

    def _sign_in(self, connection: HTTPConnection, asked: tuple[str, str]) -> str:
        phone, password = asked
        form = {"csrf_token": self._page.csrf_token, "identifier": phone, "password": password}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{COOKIE}={self._page.cookie}",
            "Referer": f"{self._server.url}/sign-in",
        }
        connection.request("POST", "/sign-in", urlencode(form), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status == 303:
            return LET_IN
        return CHECKED if "账号或密码不对" in text else CLOSED if "密码输错太多次了" in text else text


def test_of_thirty_guesses_at_once_ten_are_checked(app: Flask, fresh_url: str, make: Factory, tmp_path: Path) -> None:
    make.user(phone=PHONE)
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=4) as server:
        burst = Burst(server, session_of(app))
        guesses = [f"guess {number}" for number in range(GUESSES)]
        for phone in (PHONE, NOBODYS):
            assert burst.send(phone, *guesses) == {CHECKED: MOST, CLOSED: GUESSES - MOST}
            assert burst.send(phone, PASSWORD) == {CLOSED: 1}


def test_whoever_sends_the_right_password_several_times_at_once_is_let_in_each_time(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    make.user(phone=PHONE)
    with running(fresh_url, tmp_path, app.config["SECRET_KEY"], processes=4) as server:
        assert Burst(server, session_of(app)).send(PHONE, *[PASSWORD] * MOST) == {LET_IN: MOST}
