"""Forms in a real browser: tapped twice, sent half done, reloaded, and without any JavaScript."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from app.core.db import db
from app.events.models import Registration, Slot
from app.organisations.models import Organisation
from tests.browser import until
from tests.e2e.conftest import Visit
from tests.factories import PASSWORD, Factory, born

SIGN_UP = ".actionbar [type=submit]"
TYPED = {"name": "古丽娜尔", "class_name": "高一（2）班", "password": PASSWORD}


@pytest.fixture
def slot(rows: Factory) -> Slot:
    """A slot with places."""
    return rows.slot()


@pytest.fixture
def school(rows: Factory) -> Organisation:
    """A school to choose."""
    return rows.school()


def places(rows: Factory, slot: Slot) -> int:
    """Return how many registrations a slot has."""
    with rows.app.app_context():
        return db.session.scalar(select(func.count()).where(Registration.slot_id == slot.id)) or 0


def fill_in(page: Page, school: Organisation, phone: str) -> None:
    """Type in somebody of 16 who was never here before."""
    for name, value in (TYPED | {"phone": phone, "born_on": f"{born(18):%Y%m%d}"}).items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=school_id]", str(school.id))


def test_a_double_tap_makes_one_registration(visit: Visit, rows: Factory, slot: Slot, school: Organisation) -> None:
    page = visit(has_touch=True).open(f"/slots/{slot.id}/registration/self")
    fill_in(page, school, "13700000001")
    page.dblclick(SIGN_UP)
    page.wait_for_selector(".ticket")
    assert places(rows, slot) == 1


def test_a_double_tap_without_javascript_makes_one_registration(
    visit: Visit, rows: Factory, slot: Slot, school: Organisation
) -> None:
    page = visit(java_script_enabled=False).open(f"/slots/{slot.id}/registration/self")
    fill_in(page, school, "13700000002")
    page.dblclick(SIGN_UP)
    page.wait_for_selector(".ticket")
    assert places(rows, slot) == 1


def test_a_faulty_sign_up_keeps_everything_typed(visit: Visit, slot: Slot, school: Organisation) -> None:
    """But for the password, which no page sends back."""
    page = visit().open(f"/slots/{slot.id}/registration/self")
    fill_in(page, school, "1370000")
    page.click(SIGN_UP)
    page.wait_for_selector("[name=phone][aria-invalid=true]")
    kept = {name: page.input_value(f"[name={name}]") for name in ("name", "class_name", "phone", "born_on")}
    assert kept == {
        "name": TYPED["name"],
        "class_name": TYPED["class_name"],
        "phone": "1370000",
        "born_on": f"{born(18):%Y%m%d}",
    }
    assert page.input_value("[name=school_id]") == str(school.id)
    assert page.input_value("[name=password]") == ""


def test_a_fault_in_the_summary_leads_to_its_field(visit: Visit, slot: Slot) -> None:
    page = visit().open(f"/slots/{slot.id}/registration/self")
    page.click(SIGN_UP)
    page.click("[role=alert] a[href='#born_on']")
    until(page, "document.activeElement.name", "born_on")


def test_a_draft_survives_a_reload_without_the_password(visit: Visit, slot: Slot, school: Organisation) -> None:
    page = visit().open(f"/slots/{slot.id}/registration/self")
    fill_in(page, school, "13700000003")
    page.reload()
    assert page.input_value("[name=name]") == TYPED["name"]
    assert page.input_value("[name=phone]") == "13700000003"
    assert page.input_value("[name=school_id]") == str(school.id)
    assert page.input_value("[name=password]") == ""
    assert PASSWORD not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_draft_is_gone_once_it_was_sent(visit: Visit, slot: Slot, school: Organisation) -> None:
    """One phone, several children: the next sign-up must not begin with the last child's name."""
    page = visit().open(f"/slots/{slot.id}/registration/child")
    fill_in(page, school, "13700000004")
    page.fill("[name=holder_name]", "买买提")
    page.click(SIGN_UP)
    page.wait_for_selector(".ticket")
    page.goto(page.url.split("/registrations/")[0] + f"/slots/{slot.id}/registration/child")
    assert page.input_value("[name=name]") == ""


def test_signing_up_works_without_javascript(visit: Visit, slot: Slot, school: Organisation) -> None:
    page = visit(java_script_enabled=False).open(f"/events/{slot.event_id}")
    page.click("a[href$='/registration']")
    page.click("a[href$='/registration/self']")
    fill_in(page, school, "13700000005")
    page.click(SIGN_UP)
    assert page.inner_text(".ticket__name") == TYPED["name"]


def test_checking_in_by_the_address_of_a_code_works_without_javascript(visit: Visit, rows: Factory) -> None:
    host = rows.organisation()
    guest = rows.registration(rows.going_on(host).slots[0])
    page = visit(rows.member(host), java_script_enabled=False).open(f"/P/{guest.code}")
    with page.expect_navigation():
        page.click("form[action$='/arrival'] button")
    assert page.locator(".banner--pine").count() == 1
    assert page.locator("form[action$='/arrival']").count() == 0


def test_a_list_can_be_downloaded_twice_without_waiting(visit: Visit, rows: Factory) -> None:
    host = rows.organisation()
    event = rows.going_on(host)
    page = visit(rows.member(host)).open(f"/desk/events/{event.id}/registrations")
    page.click("details.card summary")
    for _ in range(2):
        with page.expect_download():
            page.click("details [type=submit]")


def test_a_whole_page_of_pupils_is_ticked_at_once(visit: Visit, rows: Factory, school: Organisation) -> None:
    for _ in range(3):
        rows.enrolment(rows.person(), school, is_confirmed=False)
    page = visit(rows.member(school)).open("/school/pupils")
    ticked = "document.querySelectorAll('[name=enrolment_id]:checked').length"
    page.check("#tick-all")
    assert page.evaluate(ticked) == 3
    page.uncheck("[name=enrolment_id] >> nth=0")
    assert not page.is_checked("#tick-all")
    page.check("#tick-all")
    page.uncheck("#tick-all")
    assert page.evaluate(ticked) == 0
