"""A day and a time: typed, or chosen from a calendar with mouse or keys; no browser needs a field of its own for it."""

import pytest
from playwright.sync_api import Page

from tests.browser import accessibility_faults, overhang, until
from tests.e2e.conftest import Visit

FIELD = "#blank-begins"
OPEN = "[data-moment-for=blank-begins]"


@pytest.fixture
def page(visit: Visit) -> Page:
    """A page with an empty field."""
    return visit(viewport={"width": 360, "height": 780}).open("/styleguide")


def test_a_day_and_a_time_are_chosen_with_a_finger(page: Page) -> None:
    page.fill(FIELD, "2026-11-28 09:00")
    page.click(OPEN)
    assert page.inner_text(".month__name") == "2026年11月"
    assert page.locator(".month__day[aria-pressed=true]").inner_text() == "28"
    page.click("[aria-label=下个月]")
    page.click(".month__day >> text='5'")
    page.select_option(".moment__time >> nth=0 >> select", "14")
    page.select_option(".moment__time >> nth=1 >> select", "35")
    page.click(".moment .button")
    assert page.input_value(FIELD) == "2026-12-05 14:35"
    assert page.locator(".moment").count() == 0


def test_the_calendar_is_walked_with_the_keys_and_closed_with_escape(page: Page) -> None:
    page.fill(FIELD, "2026-01-31 09:00")
    page.focus(OPEN)
    page.keyboard.press("Enter")
    until(page, "document.activeElement.textContent", "31")
    for key in ("PageDown", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)  # 28 February, 7 March, 8 March
    assert page.input_value(FIELD) == "2026-03-08 09:00"
    page.keyboard.press("Escape")
    assert page.get_attribute(OPEN, "aria-expanded") == "false"
    until(page, f"document.activeElement.matches('{OPEN}')")


def test_a_week_begins_on_monday(page: Page) -> None:
    page.fill(FIELD, "2026-11-01 09:00")  # a Sunday: the last place of its row
    page.click(OPEN)
    assert page.inner_text(".month__week") == "一\n二\n三\n四\n五\n六\n日"
    first = page.locator(".month__day >> nth=0").bounding_box()
    last = page.locator(".month__week span >> nth=6").bounding_box()
    assert first is not None
    assert last is not None
    assert abs(first["x"] - last["x"]) < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_calendar_is_readable_by_everyone(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.click(OPEN)
    page.wait_for_selector(".moment")
    assert overhang(page) == 0
    assert accessibility_faults(page) == []


def test_without_javascript_a_moment_is_typed(visit: Visit) -> None:
    page = visit(java_script_enabled=False).open("/styleguide")
    assert page.is_hidden(OPEN)
    assert page.is_visible(FIELD)
