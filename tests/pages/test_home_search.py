"""Looking for something to join."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.clock import local_day, now, start_of_day
from app.events import planning
from app.events.plans import EventWords
from app.programmes.kinds import ProgrammeKind
from tests.factories import Factory


def titles(page: str) -> set[str]:
    """Return the titles of the cards on a page."""
    return set(re.findall(r'<a class="card__link"[^>]*>([^<]*)</a>', page))


def noon(days: int) -> datetime:
    """Return noon some days from today."""
    return start_of_day(local_day(now()) + timedelta(days=days)) + timedelta(hours=12)


def add(make: Factory, title: str, kind: ProgrammeKind, place: str, days: int, **slot: int) -> None:
    """Make a published event at noon of a day."""
    words = EventWords(title, kind, "一起来。", place, "苏老师")
    times = {"starts_at": noon(days), "ends_at": noon(days) + timedelta(hours=2), "closes_at": noon(days)}
    by = make.user().id
    event = make.do(planning.create_event, make.organisation().id, words, make.plan(**times, **slot), by=by, at=now())
    make.do(planning.publish, event.id, by=by, at=now())


@pytest.fixture(autouse=True)
def events(make: Factory) -> Iterator[None]:
    """Three events of three kinds, on three days, for three ages."""
    add(make, "书香接力", ProgrammeKind.PRACTICE, "县图书馆", 1, min_age=6, max_age=11)
    add(make, "一起去种树", ProgrammeKind.VOLUNTEERING, "湿地公园", 40, min_age=14, max_age=17)
    add(make, "STEM 开放日", ProgrammeKind.THEME, "县科技馆", 80, min_age=18, max_age=60)
    yield


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"书香接力", "一起去种树", "STEM 开放日"}),
        ("?q=书香", {"书香接力"}),
        ("?q=shux", {"书香接力"}),
        ("?q=SXJ", {"书香接力"}),
        ("?q=stem开", {"STEM 开放日"}),
        ("?q=湿地", {"一起去种树"}),
        ("?q=县", {"书香接力", "STEM 开放日"}),
        ("?q=志愿", {"一起去种树"}),
        ("?q=zyfw", {"一起去种树"}),
        ("?q=volunt", {"一起去种树"}),
        ("?q=香接", set()),
        ("?q=%25", set()),
        ("?kind=practice", {"书香接力"}),
        ("?level=primary", {"书香接力"}),
        ("?level=middle", {"一起去种树"}),
        ("?level=beyond", {"STEM 开放日"}),
        ("?kind=practice&level=high", set()),
        ("?q=县&kind=theme&level=beyond&places=1", {"STEM 开放日"}),
        ("?from=00010101&to=99991231", {"书香接力", "一起去种树", "STEM 开放日"}),
        ("?kind=nonsense&level=x&when=y&from=z", {"书香接力", "一起去种树", "STEM 开放日"}),
    ],
)
def test_all_that_is_asked_must_fit(client: FlaskClient, query: str, found: set[str]) -> None:
    assert titles(client.get(f"/{query}").text) == found


def test_days_are_asked_from_the_first_to_the_last(client: FlaskClient) -> None:
    def day(days: int) -> date:
        return local_day(noon(days))

    assert titles(client.get(f"/?from={day(30)}&to={day(40)}").text) == {"一起去种树"}
    assert titles(client.get(f"/?from={day(40)}").text) == {"一起去种树", "STEM 开放日"}
    assert titles(client.get(f"/?to={day(39)}").text) == {"书香接力"}
    assert titles(client.get(f"/?from={day(2)}&to={day(39)}").text) == set()


def test_a_series_is_found_on_the_days_of_its_sessions_alone(client: FlaskClient, make: Factory) -> None:
    event = make.event(title="公益课", starts_at=noon(3), ends_at=noon(3) + timedelta(hours=1), closes_at=noon(3))
    make.slot(event, starts_at=noon(17), ends_at=noon(17) + timedelta(hours=1), closes_at=noon(17))
    for days, is_there in ((3, True), (10, False), (17, True)):
        day = local_day(noon(days))
        assert ("公益课" in titles(client.get(f"/?from={day}&to={day}").text)) is is_there


def test_places_left_means_one_can_still_sign_up(client: FlaskClient, make: Factory) -> None:
    make.registration(make.event(title="满了", capacity=1).slots[0])
    make.event(title="截止了", closes_at=now() - timedelta(minutes=1))
    make.event(title="还有")
    shown = titles(client.get("/?places=1").text)
    assert "还有" in shown
    assert not {"满了", "截止了"} & shown


def test_one_and_the_same_session_must_fit_age_and_places(client: FlaskClient, make: Factory) -> None:
    event = make.event(title="两场", capacity=1, min_age=6, max_age=11)
    make.registration(event.slots[0], age=10)
    make.slot(event, min_age=18, max_age=60)
    assert "两场" not in titles(client.get("/?level=primary&places=1").text)
    assert "两场" in titles(client.get("/?level=beyond&places=1").text)


def test_a_search_that_finds_nothing_says_how_to_go_on_and_keeps_what_was_typed(client: FlaskClient) -> None:
    client.get("/language/en")
    page = client.get("/?q=nobody&when=today").text
    assert "Nothing fits all of this" in page
    assert 'value="nobody"' in page
    assert 'href="/">Clear the search</a>' in page


def test_a_filter_is_a_link_that_keeps_the_others(client: FlaskClient) -> None:
    page = client.get("/?kind=theme&places=1").text
    assert 'href="/?kind=theme&amp;places=1&amp;level=high"' in page or (
        'href="/?kind=theme&amp;level=high&amp;places=1"' in page
    )
    assert 'href="/?places=1" aria-current="true"' in page


def test_the_second_page_is_of_the_same_search(client: FlaskClient, make: Factory) -> None:
    for number in range(21):
        make.event(title=f"讲座{number}", starts_at=noon(5) + timedelta(minutes=number), ends_at=noon(6))
    make.event(title="不是", starts_at=noon(5), ends_at=noon(6))
    first = client.get("/?q=讲座").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(following.replace("&amp;", "&")).text
    assert (len(titles(first)), titles(second)) == (20, {"讲座20"})
