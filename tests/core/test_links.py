"""Addresses that are handed out, and the safe way back."""

import pytest
from flask import Flask

from app.core.links import came_from, public_url, safe_next, scannable

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "http:evil.example",
    "http:/evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.example",
    "mine",
    "?next=/mine",
    "#top",
    "@evil.example",
    "http://[",
    "//[",
    "",
    None,
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_way_back_never_leads_elsewhere(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize(
    "target",
    ["/", "/mine", "/events/7?from=//evil.example", "/mine#top", "/desk/events?q=%E5%BC%A0", "/slots/1/registration"],
)
def test_the_way_back_leads_to_pages_of_this_site(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_public_address_does_not_listen_to_the_host_header(app: Flask) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}):
        assert public_url("events.show", event_id=7) == "http://tongxing.test/events/7"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_address_to_scan_is_in_capitals(app: Flask) -> None:
    with app.test_request_context("/"):
        assert scannable("checkin.show_person", code="7Q3KXF9MT2AB5CDE") == "HTTP://TONGXING.TEST/P/7Q3KXF9MT2AB5CDE"


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/mine?x=1", "/mine?x=1"),
        ("http://localhost/here", None),
        ("https://evil.example/mine", None),
        ("http://localhost//evil.example", None),
        ("", None),
    ],
)
def test_the_way_back_stays_on_this_site_and_leads_elsewhere(app: Flask, referrer: str, back: str | None) -> None:
    with app.test_request_context("/here", headers={"Referer": referrer}):
        assert came_from() == back
