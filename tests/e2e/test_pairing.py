"""Pairing 300 and 300 at a phone's width and by keyboard alone."""

import pytest

from app.pairing.models import PairingRound
from tests.browser import accessibility_faults, overhang
from tests.e2e.conftest import Visit
from tests.e2e.looking import too_small
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


def test_300_pairs_are_swapped_by_keyboard_on_a_phone(visit: Visit, town: Town, large: PairingRound) -> None:
    page = visit(town.staff).open(f"/desk/pairing/{large.id}")
    assert page.locator(".pairing").count() == 50
    assert overhang(page) == 0
    assert too_small(page) == []
    assert accessibility_faults(page) == []

    person = page.locator("#pair-2 .pairing__name").first.inner_text()
    page.locator("#pair-2 a.button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/exchange")
    choice = page.locator("main button[name=other]").first
    choice.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/pairing/*")

    there = page.locator(".pairing", has=page.locator(".pairing__name", has_text=person)).first
    assert "已锁定" in there.inner_text()


def test_one_name_is_dragged_onto_another(visit: Visit, town: Town, large: PairingRound) -> None:
    page = visit(town.staff, viewport={"width": 1280, "height": 900}).open(f"/desk/pairing/{large.id}")
    first, second = (page.locator(f"#pair-{number} [data-exchange]").first for number in (1, 2))
    moved = first.locator(".pairing__name").inner_text()
    with page.expect_navigation():
        first.drag_to(second)
    assert page.locator(".pairing .chip--pine").count() == 2
    assert moved in page.locator("#pair-2").inner_text()
