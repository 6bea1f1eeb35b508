"""Two hundred ways to be led elsewhere after a sign-in, and none that works."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from app.core.links import safe_next
from tests.factories import PASSWORD, Factory

HOSTS = ("evil.example", "tongxing.test.evil.example", "tongxing.test@evil.example", "evil.example%2f@tongxing.test")
SLASHES = (
    "//",
    "///",
    "\\\\",
    "/\\",
    "\\/",
    "/\t/",
    "/\n/",
    "/\r\n/",
    "/\0/",
    "/\x0b/",
    "/ /",
    "/\u00a0/",
    "\u2215\u2215",
    "\uff0f\uff0f",
    "/\uff3c",
    "\u2044/",
    "/\u200b/",
    "/\ufeff/",
    "%2f%2f",
    "%5c%5c",
    "./",
    "..//",
)
SCHEMES = (
    "http:",
    "https:",
    "HTTP://",
    "https:\\\\",
    "ftp://",
    "mailto:",
    "javascript:",
    "JaVa\tScRiPt:",
    "vbscript:",
    "data:text/html,",
    "file://",
    "weixin://",
    "intent://",
    "blob:http://",
    "\x01javascript:",
    "view-source:http://",
)
ELSEWHERE = sorted(
    {start + host for start in SLASHES for host in HOSTS}
    | {scheme + host for scheme in SCHEMES for host in HOSTS}
    | {" " + slashes + HOSTS[0] for slashes in SLASHES}
    | {"\t" + scheme + HOSTS[0] for scheme in SCHEMES}
    | {"/" + slashes + HOSTS[0] for slashes in SLASHES if slashes.startswith(("/", "\\"))}
)


def stays(location: str) -> bool:
    """Return whether every browser takes an address for one of this site, however it reads odd signs."""
    read = location.replace("\\", "/")
    for dropped in "\t\n\r":
        read = read.replace(dropped, "")
    found = urlsplit(read.strip("".join(map(chr, range(33)))))
    return not found.scheme and not found.netloc and read.startswith("/") and not read.startswith("//")


def test_there_are_two_hundred_ways() -> None:
    assert len(ELSEWHERE) >= 200


def test_no_way_back_leads_elsewhere() -> None:
    led = {target: safe_next(target) for target in ELSEWHERE}
    assert [target for target, found in led.items() if found is not None and not stays(found)] == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_sign_in_leads_elsewhere(client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    make.user(phone="13800138000")
    monkeypatch.setattr("app.accounts.passwords.is_right", lambda _hash, _password: True)  # two hundred would take long
    typed = {"identifier": "13800138000", "password": PASSWORD}
    for target in ELSEWHERE:
        page = client.get("/sign-in", query_string={"next": target})
        assert page.status_code == 200
        answer = client.post("/sign-in", data=typed | {"next": target})
        assert answer.status_code == 303, repr(target)
        assert stays(answer.location), repr(target)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_other_page_that_comes_back_leads_elsewhere(client: FlaskClient, make: Factory) -> None:
    for target in ELSEWHERE:
        for path in ("/language/en", "/second-factor"):
            assert stays(client.get(path, query_string={"next": target}).location), repr(target)
