"""The organiser's list of events, narrowed."""

import re
from datetime import timedelta

import pytest

from app.core.clock import now
from app.events import announcing
from app.events.models import Event
from tests.factories import Factory
from tests.signing_in import Personas


def listed(personas: Personas, query: str = "") -> set[str]:
    """Return the titles on the list."""
    page = personas.staff.get(f"/desk/events{query}").text
    return set(re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page))


@pytest.fixture(autouse=True)
def called_off(personas: Personas, make: Factory) -> Event:
    """A published event, a draft, one that is called off, one that is over, and one of another host."""
    make.event(personas.host, title="书香接力")
    make.event(personas.host, title="一起种树", is_published=False)
    begins = now() - timedelta(days=9)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "closes_at": begins}
    make.event(personas.host, title="书法课", opens_at=begins - timedelta(days=9), **times)
    make.event(personas.other_host, title="书市")
    event = make.event(personas.host, title="夜跑")
    make.do(announcing.cancel_event, event.id, "大风", by=event.created_by_id, at=now())
    return event


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"书香接力", "一起种树", "夜跑"}),
        ("?view=over", {"书法课"}),
        ("?view=drafts", {"一起种树"}),
        ("?view=nonsense", {"书香接力", "一起种树", "夜跑"}),
        ("?q=sxj", {"书香接力"}),
        ("?q=书", {"书香接力"}),
        ("?q=书&view=over", {"书法课"}),
        ("?q=_", set()),
        ("?state=published", {"书香接力"}),
        ("?state=draft", {"一起种树"}),
        ("?state=cancelled", {"夜跑"}),
        ("?kind=visit", set()),
        ("?kind=theme&state=published", {"书香接力"}),
    ],
)
def test_it_can_be_narrowed(personas: Personas, query: str, titles: set[str]) -> None:
    assert listed(personas, query) == titles


def test_a_search_that_finds_nothing_says_how_to_go_on(personas: Personas) -> None:
    personas.staff.get("/language/en")
    page = personas.staff.get("/desk/events?q=nobody").text
    assert "Nothing fits all of this" in page
    assert "No draft" not in page
