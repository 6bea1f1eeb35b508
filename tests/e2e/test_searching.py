"""Looking for somebody, with scripts and without: the name is on the page and not in its address."""

from urllib.parse import quote

import pytest

from app.events.models import Event, Registration
from app.organisations.models import Organisation
from tests.e2e.conftest import Visit
from tests.factories import Factory

NAME = "欧阳若溪"  # of `guest`
WAYS = [("registrations", True), ("registrations", False), ("scanner", False)]  # with scripts it finds on its own page


@pytest.mark.parametrize(("start", "has_scripts"), WAYS)
def test_a_name_is_found_and_its_page_can_be_reloaded(
    start: str, has_scripts: bool, visit: Visit, rows: Factory, host: Organisation, event: Event, guest: Registration
) -> None:
    rows.registration(event.slots[0], name="王芳")
    page = visit(rows.member(host), java_script_enabled=has_scripts).open(f"/desk/events/{event.id}/{start}")
    page.fill("[name=q]", NAME)
    page.press("[name=q]", "Enter")
    page.wait_for_url("**/registrations?*q=*")
    page.reload()
    assert page.input_value("[name=q]") == NAME
    assert page.locator("tbody th").all_inner_texts() == [NAME]
    assert quote(NAME) not in page.url
