"""Without a network: a code that was opened once is shown to whoever opened it, and nothing else is kept."""

import pytest
from playwright.sync_api import Page

from app.accounts.models import User
from app.events.models import Event, Registration
from app.organisations.models import Organisation
from tests.browser import Visitor, until
from tests.e2e.conftest import Visit
from tests.e2e.door import VERDICT, WAITING, opened, scans_of, type_in
from tests.factories import Factory
from tests.sessions import COOKIE, open_sessions, session_of

READY = "navigator.serviceWorker.controller !== null"
KEPT = """(async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  return kept.filter((path) => !path.startsWith("/static/")).sort();
})()"""
DRAWN = "[...document.querySelectorAll('.ticket__qr img')].filter((one) => one.naturalWidth > 0).length"


@pytest.fixture
def young(rows: Factory) -> User:
    """Somebody with an account."""
    return rows.user("林晓雨")


@pytest.fixture
def place(rows: Factory, event: Event, young: User) -> Registration:
    """Somebody's place."""
    return rows.registration(event.slots[0], user=young, name="林晓雨")


@pytest.fixture
def phone(visit: Visit, young: User) -> Visitor:
    """A phone whose worker looks after its pages."""
    visitor = visit(young, service_workers="allow")
    until(visitor.open("/"), READY)
    return visitor


def opened_once(phone: Visitor, place: Registration) -> Page:
    """Open the code, and wait until it is kept."""
    page = phone.open(f"/registrations/{place.id}")
    address = f"/registrations/{place.id}"
    until(page, KEPT, ["/offline", address, f"{address}/code.png"])
    return page


def test_a_code_that_was_opened_works_without_a_network(phone: Visitor, place: Registration) -> None:
    page = opened_once(phone, place)
    phone.context.set_offline(True)
    page.reload()
    assert page.inner_text(".ticket__name") == "林晓雨"
    assert page.evaluate(DRAWN) == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.ticket')).borderRadius") == "18px"


def test_a_page_that_was_never_opened_shows_the_codes_of_this_phone(phone: Visitor, place: Registration) -> None:
    page = opened_once(phone, place)
    phone.context.set_offline(True)
    page.goto(f"{phone.origin}/verify")
    assert page.inner_text("h1") == "现在没有网络"
    until(page, DRAWN, 1)
    assert page.inner_text(".ticket__name") == "林晓雨"


def test_nothing_personal_is_kept_but_codes(phone: Visitor, place: Registration, event: Event) -> None:
    page = opened_once(phone, place)
    before = page.evaluate(KEPT)
    for path in ("/mine", "/mine/certificates", f"/mine/persons/{place.person_id}", f"/events/{event.id}"):
        page.goto(phone.origin + path)
    assert page.evaluate(KEPT) == before


def test_signing_out_takes_the_codes_off_the_phone(phone: Visitor, place: Registration) -> None:
    page = opened_once(phone, place)
    page.goto(f"{phone.origin}/mine")
    page.click("form[action='/sign-out'] button")
    until(page, KEPT, ["/offline"])
    phone.context.set_offline(True)
    page.goto(f"{phone.origin}/registrations/{place.id}")
    assert page.inner_text("h1") == "现在没有网络"
    assert page.locator(".ticket").count() == 0


def test_another_account_on_the_same_phone_finds_no_codes(phone: Visitor, place: Registration, rows: Factory) -> None:
    """The first session ended without anybody signing out."""
    page = opened_once(phone, place)
    other = session_of(rows.app, *open_sessions(rows.app, [rows.user("陈思远").id])).cookie
    phone.context.add_cookies([{"name": COOKIE, "value": other, "url": phone.origin}])
    page.goto(f"{phone.origin}/mine")
    until(page, KEPT, ["/offline"])


def test_a_session_that_ended_elsewhere_takes_the_codes_along(phone: Visitor, place: Registration) -> None:
    page = opened_once(phone, place)
    phone.context.clear_cookies(name=COOKIE)
    page.goto(f"{phone.origin}/mine/codes")
    assert "/sign-in" in page.url
    until(page, KEPT, ["/offline"])


def test_the_scanner_keeps_its_own_way_of_working_offline(
    visit: Visit, rows: Factory, host: Organisation, event: Event, guest: Registration
) -> None:
    visitor = visit(rows.member(host), service_workers="allow")
    page = opened(visitor, event)
    until(page, READY)
    type_in(page, rows.registration(event.slots[0], name="陈思远").code)
    until(page, VERDICT, "arrived")
    visitor.context.set_offline(True)
    type_in(page, guest.code)
    until(page, VERDICT, "saved")
    visitor.context.set_offline(False)
    until(page, WAITING, 0)
    assert scans_of(rows, guest) == 1
