"""Who gets to an organiser's desk, and to whose events."""

import re
from datetime import timedelta

import pytest

from app.core.clock import now
from app.events.models import Event
from tests.factories import Factory
from tests.signing_in import Personas

PAGES = ["/desk/events/{event}/edit", "/desk/events/{event}/slots/new", "/desk/slots/{slot}/edit"]
PAGES += ["/desk/events/{event}/cancellation"]
BUTTONS = ["/desk/slots/{slot}/deletion", "/desk/events/{event}/publication", "/desk/events/{event}/resumption"]


def addresses(event: Event) -> list[str]:
    """Return the addresses that change an event."""
    return [path.format(event=event.id, slot=event.slots[0].id) for path in PAGES + BUTTONS]


def test_another_host_finds_nothing_there(personas: Personas, make: Factory) -> None:
    for address in addresses(make.event(personas.host)):
        assert personas.outsider.post(address).status_code == 404
    for path in PAGES:
        event = make.event(personas.host)
        assert personas.outsider.get(path.format(event=event.id, slot=event.slots[0].id)).status_code == 404


def test_only_staff_and_managers_of_a_host_get_to_the_desk(personas: Personas, make: Factory) -> None:
    paths = addresses(make.event(personas.host))
    others = (personas.young(), personas.school_office, personas.administrator, personas.auditor)
    for path in paths:
        assert {browser.post(path).status_code for browser in others} == {403}
        assert personas.anonymous.post(path).status_code == 302
    for browser in (personas.staff, personas.manager):
        assert browser.get("/desk/events").status_code == 200
        assert browser.get("/desk/events/new").status_code == 200


@pytest.mark.parametrize("number", [999_999, 10**30])
def test_what_is_not_there_is_not_found(personas: Personas, number: int) -> None:
    for path in PAGES + BUTTONS:
        assert personas.staff.post(path.format(event=number, slot=number)).status_code == 404


def test_the_list_shows_the_own_hosts_events_alone(personas: Personas, make: Factory) -> None:
    make.event(personas.host, title="我们的", is_published=False)
    make.event(personas.other_host, title="别人的")
    page = personas.staff.get("/desk/events").text
    assert "我们的" in page
    assert "别人的" not in page


def test_a_long_list_goes_on_where_the_page_before_ended(personas: Personas, make: Factory) -> None:
    titles = {f"第{number:02}场" for number in range(23)}
    for title in titles:
        make.event(personas.host, title=title)
    first = personas.staff.get("/desk/events").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = personas.staff.get(following.replace("&amp;", "&")).text
    shown_first = {title for title in titles if title in first}
    shown_second = {title for title in titles if title in second}
    assert (len(shown_first), len(shown_second)) == (20, 3)
    assert shown_first | shown_second == titles


def test_what_is_over_has_its_own_list_the_latest_first(personas: Personas, make: Factory) -> None:
    for days, title in ((9, "更早的"), (2, "上周的")):
        begins = now() - timedelta(days=days)
        window = {"opens_at": begins - timedelta(days=9), "closes_at": begins}
        make.event(personas.host, title=title, starts_at=begins, ends_at=begins + timedelta(hours=1), **window)
    make.event(personas.host, title="下周的")
    to_come, over = (personas.staff.get(f"/desk/events{query}").text for query in ("", "?view=over"))
    assert ("下周的" in to_come, "上周的" in to_come) == (True, False)
    assert "下周的" not in over
    assert over.index("上周的") < over.index("更早的")
