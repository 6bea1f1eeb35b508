"""Pairing 300 and 300 at a phone's width and by keyboard alone."""

import pytest
from playwright.sync_api import Page

from app.pairing.models import PairingRound
from tests.browser import accessibility_faults, overhang
from tests.e2e.conftest import Visit
from tests.e2e.looking import tab_to, too_small
from tests.e2e.town import Town
from tests.factories import Factory
from tests.pairing_rows import a_round, paired

EACH = 300


@pytest.fixture
def large(rows: Factory, town: Town) -> PairingRound:
    """A round of 300 pairs."""
    made = a_round(rows, town.host, town.manager.id, each=EACH)
    paired(rows, made, town.manager.id)
    return made


def looked_at(page: Page) -> None:
    """Look at a page: nothing sideways, nothing too small for a finger, nothing that axe finds."""
    assert overhang(page) == 0
    assert too_small(page) == []
    assert accessibility_faults(page) == []


def test_300_pairs_are_looked_through_swapped_and_paired_anew_by_keyboard_on_a_phone(
    visit: Visit, town: Town, large: PairingRound
) -> None:
    page = visit(town.staff).open(f"/desk/pairing/{large.id}")
    assert page.viewport_size == {"width": 390, "height": 844}
    assert page.locator(".pairing").count() == 50
    looked_at(page)

    tab_to(page, "#pair-1 summary")
    page.keyboard.press("Enter")
    assert page.locator("#pair-1 .why").is_visible()
    looked_at(page)

    person = page.locator("#pair-2 .pairing__name").first.inner_text()
    tab_to(page, "#pair-2 a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exchange")
    looked_at(page)
    tab_to(page, "main button[name=other]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/pairing/*")
    there = page.locator(".pairing", has=page.locator(".pairing__name", has_text=person)).first
    assert "已锁定" in there.inner_text()

    page.goto(page.url.partition("#")[0].partition("?")[0])
    tab_to(page, "form.card [type=submit].button--primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".banner--pine")
    assert "300" in page.locator(".banner--pine").first.inner_text()
    assert "已锁定" in page.locator(".pairing", has=page.locator(".pairing__name", has_text=person)).first.inner_text()

    tab_to(page, "a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**after=50*")
    assert page.locator(".pairing").count() == 50
    looked_at(page)


def test_one_name_is_dragged_onto_another(visit: Visit, town: Town, large: PairingRound) -> None:
    page = visit(town.staff, viewport={"width": 1280, "height": 900}).open(f"/desk/pairing/{large.id}")
    first, second = (page.locator(f"#pair-{number} [data-exchange]").first for number in (1, 2))
    moved = first.locator(".pairing__name").inner_text()
    with page.expect_navigation():
        first.drag_to(second)
    assert page.locator(".pairing .chip--pine").count() == 2
    assert moved in page.locator("#pair-2").inner_text()
