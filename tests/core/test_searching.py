"""What is typed into a search for people goes sealed into the address."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask

from app.core import searching
from app.core.clock import now
from app.core.crypto import seal
from app.core.searching import sealed_word, typed_word
from app.pages import registration_search
from tests.core.test_links import ELSEWHERE
from tests.factories import Factory
from tests.searches import search, searched
from tests.signing_in import Personas

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
PAGES = {
    "/desk/absences": "staff",
    "/admin/accounts": "administrator",
    "/audit/search": "auditor",
}


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let so much time go by."""
    at: datetime = now() + by
    monkeypatch.setattr(searching, "now", lambda: at)


@pytest.mark.parametrize("word", ["王芳", "林晓雨:2", "o'Brien %_", "x" * 254])
def test_a_sealed_word_is_read_and_tells_nothing(inside: Flask, word: str) -> None:
    sealed = sealed_word(word)
    assert typed_word(sealed) == word
    assert word not in sealed
    assert sealed_word(word) != sealed
    assert sealed_word("") == ""


def test_what_was_not_sealed_for_a_search_is_no_word(inside: Flask) -> None:
    sealed = sealed_word("王芳")
    strange = [None, "", "王芳", "\0", sealed[:-4], sealed.swapcase(), f"{sealed}AAAA", seal("other", "1:王芳")]
    assert {typed_word(one) for one in strange} == {""}


def test_a_word_is_kept_for_a_day(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = sealed_word("王芳")
    later(monkeypatch, timedelta(hours=23))
    assert typed_word(sealed) == "王芳"
    later(monkeypatch, timedelta(hours=25))
    assert typed_word(sealed) == ""


def test_other_filters_are_kept_and_empty_ones_left_out(personas: Personas) -> None:
    there = urlsplit(search(personas.staff, "/desk/absences?q=old&view=asked#top", " 王\0芳 ", view="leave", slot=""))
    asked = parse_qs(there.query)
    assert (there.path, there.fragment) == ("/desk/absences", "")
    assert (asked["view"], sorted(asked)) == (["leave"], ["q", "view"])
    with personas.app.app_context():
        assert typed_word(asked["q"][0]) == "王芳"
    assert search(personas.staff, "/desk/absences", " ") == "/desk/absences"


@pytest.mark.parametrize("to", ELSEWHERE)
def test_a_search_never_leads_elsewhere(personas: Personas, to: str | None) -> None:
    typed = {"q": "王芳"} | ({"to": to} if to is not None else {})
    assert personas.staff.post("/search", data=typed).status_code == 422


@pytest.mark.parametrize("page", PAGES)
def test_what_was_typed_stays_in_its_field_and_what_cannot_be_read_is_an_empty_search(
    personas: Personas, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = getattr(personas, PAGES[page])
    address = search(browser, page, "王芳")
    assert 'value="王芳"' in browser.get(address).text
    assert quote("王芳") not in address
    later(monkeypatch, timedelta(days=2))
    for stale in (address, f"{page}?q=王芳", f"{page}?q=%00"):
        answer = browser.get(stale)
        assert (answer.status_code, "王芳" in answer.text) == (200, False)


def test_an_act_on_all_that_match_does_nothing_once_the_word_is_too_old(
    personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event(personas.host)
    for name in ("曾晓雨", "王芳"):
        make.registration(event.slots[0], name=name)
    with personas.app.app_context():
        meant = {"act": "message", "everyone": "1", "q": sealed_word("王")}
    acts = f"/desk/events/{event.id}/registrations/acts"
    assert "announcements/new" in personas.staff.post(acts, data=meant).location
    later(monkeypatch, timedelta(days=2))
    assert personas.staff.post(acts, data=meant).location == f"/desk/events/{event.id}/registrations"


def test_chips_and_next_pages_keep_the_word(personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration_search, "PAGE", 1)
    event = make.going_on(personas.host)
    for name in ("王芳", "王方", "曾晓雨"):
        make.registration(event.slots[0], name=name)
    page = searched(personas.staff, f"/desk/events/{event.id}/registrations", "王").text
    (following,) = (part.split('"')[0] for part in page.split('rel="next" href="')[1:])
    second = personas.staff.get(following.replace("&amp;", "&")).text
    assert 'value="王"' in second
    assert ("曾晓雨" in second, 'rel="next"' in second) == (False, False)
    (chip,) = (part.split('"')[0] for part in page.split('class="chip" href="') if "view=missing" in part.split('"')[0])
    assert 'value="王"' in personas.staff.get(chip.replace("&amp;", "&")).text
