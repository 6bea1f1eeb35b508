"""A guardian signs with a finger for a night away, at 360 px; and without a script by name alone."""

from datetime import timedelta

from playwright.sync_api import Page

from app.care.consents.asking import ask_about
from app.core.clock import now
from app.events.models import Registration
from app.organisations.models import Organisation
from tests.browser import overhang
from tests.consents import code_of_link
from tests.e2e.conftest import Visit
from tests.e2e.looking import too_small
from tests.factories import Factory

NARROW = {"width": 360, "height": 780}
DAY = timedelta(days=1)


def camp(rows: Factory, host: Organisation) -> tuple[Registration, str]:
    """A child's place in something with nights away, and where its guardian is asked."""
    begins = now() + 10 * DAY
    event = rows.event(host, starts_at=begins, ends_at=begins + 2 * DAY)
    child = rows.registration(event.slots[0], age=12, name="何小禾")
    link = rows.do(ask_about, child.id, by=child.registered_by_id, at=now())
    return child, f"/G/{code_of_link(rows, link)}"


def answer(page: Page) -> None:
    """Say yes, and who it is."""
    page.check("[name^=take_][value=yes]")
    page.fill("[name=name]", "何建平")
    page.select_option("[name=relation]", "father")


def draw(page: Page) -> None:
    """Draw a stroke across the pad."""
    pad = page.locator(".signing__pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 10):
        page.mouse.move(box["x"] + 20 + 20 * step, box["y"] + 20 + 6 * step)
    page.mouse.up()


def test_what_was_drawn_stands_on_the_record_and_can_be_drawn_anew(visit: Visit, rows: Factory) -> None:
    host = rows.organisation()
    child, address = camp(rows, host)
    page = visit(viewport=NARROW).open(address)
    answer(page)
    draw(page)
    assert page.input_value("[name=drawn]").startswith("[[")
    page.click("[data-sign-anew]")
    assert page.input_value("[name=drawn]") == ""
    draw(page)
    assert overhang(page) == 0
    assert too_small(page) == []
    page.click(".actionbar [type=submit]")
    page.wait_for_selector("text=您已同意")
    record = visit(rows.member(host)).open(f"/registrations/{child.id}/guardian/record")
    assert record.locator(".signed path").count() == 1


def test_without_a_script_the_typed_name_signs(visit: Visit, rows: Factory) -> None:
    _child, address = camp(rows, rows.organisation())
    page = visit(viewport=NARROW, java_script_enabled=False).open(address)
    answer(page)
    assert not page.is_visible(".signing__pad")
    page.click(".actionbar [type=submit]")
    assert "您已同意" in page.inner_text("main")
