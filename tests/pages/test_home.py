"""What is on: published events that are not over, the next first."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.core.clock import now
from app.events.announcing import cancel_event
from tests.factories import Factory
from tests.signing_in import Personas


def titles(page: str) -> list[str]:
    """Return the titles of the cards on a page."""
    return re.findall(r'<a class="card__link"[^>]*>([^<]*)</a>', page)


def event_in(make: Factory, days: float, title: str, **changes: bool) -> None:
    """Make an event that begins so many days from now."""
    begins = now() + timedelta(days=days)
    make.event(title=title, starts_at=begins, ends_at=begins + timedelta(hours=2), closes_at=begins, **changes)


def test_it_lists_published_events_that_are_not_over_the_next_first(client: FlaskClient, make: Factory) -> None:
    event_in(make, 3, "后面的")
    event_in(make, 1, "明天的")
    event_in(make, -2, "过去的")
    event_in(make, 2, "草稿", is_published=False)
    make.going_on()
    assert titles(client.get("/").text) == ["古镇文化交流日", "明天的", "后面的"]


def test_a_cancelled_event_stays_and_says_so(client: FlaskClient, make: Factory) -> None:
    event = make.event()
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    page = client.get("/").text
    assert titles(page) == ["古镇文化交流日"]
    assert "已取消" in page


def test_staff_see_no_drafts_here_either(personas: Personas, make: Factory) -> None:
    make.event(personas.host, is_published=False)
    assert titles(personas.staff.get("/").text) == []


def test_the_pages_of_a_long_list_hold_every_event_once(client: FlaskClient, make: Factory) -> None:
    begins = now() + timedelta(days=1)
    for number in range(22):  # some at the very same moment
        starts_at = begins + timedelta(hours=number // 3)
        make.event(title=f"活动{number}", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    first = client.get("/").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(following).text
    assert titles(first) + titles(second) == [f"活动{number}" for number in range(22)]
    assert len(titles(first)) == 20
    assert 'rel="next"' not in second


@pytest.mark.parametrize("key", ["", "x", "1~x", "nan~1", "inf~1", "1e300~1", f"1~{10**30}", "1~-1", "~", "%00~1"])
def test_a_key_that_is_none_of_ours_means_the_first_page(client: FlaskClient, make: Factory, key: str) -> None:
    make.event()
    assert titles(client.get(f"/?after={key}").text) == ["古镇文化交流日"]


@pytest.mark.parametrize("number", [0, 2**31, 10**30])
def test_an_id_that_no_row_can_have_leads_nowhere(client: FlaskClient, number: int) -> None:
    assert client.get(f"/events/{number}").status_code == 404
    assert client.get(f"/slots/{number}/registration").status_code == 404
