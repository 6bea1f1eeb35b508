"""The network is cut while somebody signs up: nothing is retyped, and nobody is signed up twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route
from sqlalchemy import select

from app.accounts.models import User
from app.core.db import db
from app.events.models import Registration, Slot
from app.organisations.models import Organisation
from tests.browser import Visitor, until
from tests.e2e.conftest import Visit
from tests.factories import Factory, born

SIGN_UP = ".actionbar [type=submit]"
LOST = "[data-lost-connection]:not([hidden])"
READY = "navigator.serviceWorker.controller !== null"
TYPED = {"name": "古丽娜尔", "born_on": f"{born(18):%Y%m%d}", "class_name": "初三（2）班"}
Cut = Callable[[Page], Callable[[], None]]


@pytest.fixture
def slot(rows: Factory) -> Slot:
    """A slot with places."""
    return rows.slot()


@pytest.fixture
def school(rows: Factory) -> Organisation:
    """A school to choose."""
    return rows.school()


@pytest.fixture
def parent(rows: Factory) -> User:
    """A parent with an account."""
    return rows.user("买买提")


@pytest.fixture(params=["block", "allow"], ids=["without a worker", "with a worker"])
def phone(request: pytest.FixtureRequest, visit: Visit, parent: User) -> Visitor:
    """The parent's phone, signed in; with the worker that keeps entry codes, and without."""
    visitor = visit(parent, service_workers=request.param)
    if request.param == "allow":
        until(visitor.open("/"), READY)
    return visitor


def no_network(page: Page) -> Callable[[], None]:
    """Let nothing leave the phone; returns what brings the network back."""
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


def answer_lost(page: Page) -> Callable[[], None]:
    """Let what is sent arrive, and its answer get lost."""

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/registration**", lose)
    return lambda: page.unroute("**/registration**")


CUTS = pytest.mark.parametrize("cut", [no_network, answer_lost])


def signed_up(rows: Factory, slot: Slot) -> list[str]:
    """Return the names of whoever has a place, each as often as there are places."""
    with rows.app.app_context():
        found = select(Registration).where(Registration.slot_id == slot.id).order_by(Registration.id)
        return [one.person.name for one in db.session.scalars(found)]


def fill_in(page: Page, school: Organisation) -> None:
    """Type in a child's details."""
    for name, value in TYPED.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=school_id]", str(school.id))


def go_to_the_form(page: Page) -> None:
    """Follow the link to a child's form, and wait until its scripts keep what is typed and bring it back."""
    with page.expect_navigation():
        page.click("a[href$='/registration/child']")


def shown(page: Page) -> dict[str, str]:
    """Return what stands in the form."""
    return {name: page.input_value(f"[name={name}]") for name in (*TYPED, "school_id")}


@CUTS
def test_a_cut_in_mid_submit_keeps_what_was_typed_and_the_second_press_signs_up_once(
    cut: Cut, phone: Visitor, rows: Factory, slot: Slot, school: Organisation
) -> None:
    page = phone.open(f"/slots/{slot.id}/registration/child")
    fill_in(page, school)
    mend = cut(page)
    page.click(SIGN_UP)
    page.wait_for_selector(LOST)
    assert "填的内容都还在" in page.inner_text(LOST)
    assert shown(page) == TYPED | {"school_id": str(school.id)}
    mend()
    page.click(SIGN_UP)
    page.wait_for_selector(".ticket")
    assert signed_up(rows, slot) == [TYPED["name"]]


@CUTS
def test_a_cut_while_several_are_signed_up_keeps_the_ticks_and_the_second_press_signs_up_once(
    cut: Cut, phone: Visitor, rows: Factory, slot: Slot, parent: User
) -> None:
    children = [rows.person(parent, name=name) for name in ("古丽娜尔", "阿依古丽", "热娜")]
    page = phone.open(f"/slots/{slot.id}/registration")
    for child in children[:2]:
        page.check(f"[name=person_id][value='{child.id}']")
    mend = cut(page)
    page.click(SIGN_UP)
    page.wait_for_selector(LOST)
    assert "填的内容都还在" in page.inner_text(LOST)
    assert [page.is_checked(f"[name=person_id][value='{child.id}']") for child in children] == [True, True, False]
    mend()
    page.click(SIGN_UP)
    page.wait_for_selector(".ticket")
    assert signed_up(rows, slot) == ["古丽娜尔", "阿依古丽"]


def test_a_reload_before_sending_keeps_what_was_typed(phone: Visitor, slot: Slot, school: Organisation) -> None:
    page = phone.open(f"/slots/{slot.id}/registration/child")
    fill_in(page, school)
    page.reload()
    assert shown(page) == TYPED | {"school_id": str(school.id)}


def test_a_reload_before_sending_keeps_who_was_ticked(phone: Visitor, rows: Factory, slot: Slot, parent: User) -> None:
    children = [rows.person(parent, name=name) for name in ("古丽娜尔", "阿依古丽", "热娜")]
    page = phone.open(f"/slots/{slot.id}/registration")
    for child in children[:2]:
        page.check(f"[name=person_id][value='{child.id}']")
    page.reload()
    assert [page.is_checked(f"[name=person_id][value='{child.id}']") for child in children] == [True, True, False]


def lose_the_page(page: Page) -> None:
    """Let the network go just when a form is on its way as a page of its own, once."""

    def lose(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/registration/**", lose)
    with page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
        page.click(SIGN_UP)
    page.wait_for_url("chrome-error://**")
    page.unroute("**/registration/**")


def test_back_from_a_page_that_never_came_what_was_typed_is_still_there(
    phone: Visitor, rows: Factory, slot: Slot, school: Organisation
) -> None:
    """A form goes as a page of its own only when something in it is wrong."""
    page = phone.open(f"/slots/{slot.id}/registration")
    go_to_the_form(page)
    fill_in(page, school)
    page.fill("[name=born_on]", "2011")
    lose_the_page(page)
    page.go_back()
    go_to_the_form(page)
    assert shown(page) == TYPED | {"born_on": "2011", "school_id": str(school.id)}
    page.fill("[name=born_on]", TYPED["born_on"])
    page.click(SIGN_UP)
    page.wait_for_selector(".ticket")
    assert signed_up(rows, slot) == [TYPED["name"]]


def test_without_scripts_a_reload_of_a_page_that_never_came_sends_it_again(
    visit: Visit, parent: User, rows: Factory, slot: Slot, school: Organisation
) -> None:
    page = visit(parent, java_script_enabled=False).open(f"/slots/{slot.id}/registration/child")
    fill_in(page, school)
    lose_the_page(page)
    page.reload()
    page.wait_for_selector(".ticket")
    assert signed_up(rows, slot) == [TYPED["name"]]
