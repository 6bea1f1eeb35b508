"""A leader's emergency card works without a network, goes with the sign-out, and after the trip by itself."""

import pytest
from playwright.sync_api import Page

from app.accounts.models import User
from app.organisations.models import Organisation
from tests.browser import Visitor, until
from tests.e2e.conftest import Visit
from tests.e2e.test_look_offline import KEPT, READY
from tests.factories import Factory
from tests.travel import a_group, a_trip, an_adult, travelling

OVER = """(async (path) => {
  for (const name of (await caches.keys()).filter((one) => one.startsWith("cards "))) {
    const cache = await caches.open(name);
    const answer = await cache.match(path);
    const headers = new Headers(answer.headers);
    headers.set("Tongxing-Until", "1000000000");
    await cache.put(path, new Response(await answer.blob(), { headers }));
  }
})"""


@pytest.fixture
def leader(rows: Factory) -> User:
    """Somebody who leads a group."""
    return rows.user("赵老师")


@pytest.fixture
def card(rows: Factory, host: Organisation, leader: User) -> str:
    """Where the leader's card is; the trip begins tomorrow."""
    trip = a_trip(rows, host, in_days=1)
    adult = an_adult(rows, trip, leader)
    a_group(rows, trip, "第一组", [travelling(rows, trip)], adult)
    return f"/trip-cards/{adult.id}"


@pytest.fixture
def phone(visit: Visit, leader: User) -> Visitor:
    """A phone whose worker looks after its pages."""
    visitor = visit(leader, service_workers="allow")
    until(visitor.open("/"), READY)
    return visitor


def opened_once(phone: Visitor, card: str) -> Page:
    """Open the card, and wait until it is kept."""
    page = phone.open(card)
    until(page, KEPT, ["/offline", card])
    return page


def test_it_works_without_a_network_and_is_found_from_anywhere(phone: Visitor, card: str) -> None:
    page = opened_once(phone, card)
    page.wait_for_selector("[data-kept-note]:visible")
    phone.context.set_offline(True)
    page.goto(f"{phone.origin}/mine")
    page.click("[data-kept-cards] a")
    assert page.inner_text("h3") == "林小雨"
    assert page.locator("a[href='tel:120']").count() == 1


def test_the_very_first_page_of_a_phone_is_kept_too(visit: Visit, leader: User, card: str) -> None:
    phone = visit(leader, service_workers="allow")
    until(phone.open(card), KEPT, ["/offline", card])


def test_signing_out_takes_it_off_the_phone(phone: Visitor, card: str) -> None:
    page = opened_once(phone, card)
    page.goto(f"{phone.origin}/mine")
    page.click("form[action='/sign-out'] button")
    until(page, KEPT, ["/offline"])


def test_once_the_trip_is_over_the_phone_forgets_it_even_without_a_network(phone: Visitor, card: str) -> None:
    page = opened_once(phone, card)
    page.evaluate(OVER, card)
    phone.context.set_offline(True)
    page.goto(phone.origin + card)
    assert page.inner_text("h1") == "现在没有网络"
    until(page, KEPT, ["/offline"])
