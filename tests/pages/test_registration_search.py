"""The organiser's list of an event, narrowed to a session or a school, by name or by sign-up."""

import re
from datetime import timedelta

import pytest

from app.core.clock import now
from app.events.models import Event
from tests.factories import Factory
from tests.searches import search
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event with two sessions, and people of two schools."""
    event = make.going_on(personas.host, capacity=200)
    afternoon = make.slot(event, title="下午场", starts_at=now() + timedelta(minutes=30))
    slots, schools = [event.slots[0], afternoon], [make.school("一中"), make.school("二中")]
    people = [("曾晓雨", 0, 0, 1), ("阿依古丽", 0, 1, 3), ("王芳", 1, 0, 2)]
    for name, slot, school, hours in people:
        at = now() - timedelta(hours=hours)
        make.registration(slots[slot], name=name, school=schools[school], at=at)
    return event


def listed(personas: Personas, event: Event, query: str) -> list[str]:
    """Return the names on the list."""
    page = personas.staff.get(f"/desk/events/{event.id}/registrations{query}").text
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def number_of(page: str, select: str, label: str) -> str:
    """Return what an option of a select sends."""
    options = page.split(f'name="{select}"', 1)[1].split("</select>", 1)[0]
    (number,) = re.findall(rf'<option value="(\d+)"[^>]*>{label}<', options)
    return str(number)


def test_one_session_or_one_school_can_be_asked_for(personas: Personas, event: Event) -> None:
    address = f"/desk/events/{event.id}/registrations"
    page = personas.staff.get(address).text
    afternoon, first_school = number_of(page, "slot", "下午场"), number_of(page, "school", "一中")
    assert listed(personas, event, f"?slot={afternoon}") == ["王芳"]
    assert listed(personas, event, f"?school={first_school}") == ["王芳", "曾晓雨"]
    there = search(personas.staff, address, "w", school=first_school, slot=afternoon, view="missing")
    assert listed(personas, event, there.removeprefix(address)) == ["王芳"]
    assert listed(personas, event, f"?school={first_school}&view=arrived") == []


def test_the_latest_sign_up_can_come_first(personas: Personas, event: Event) -> None:
    assert listed(personas, event, "?order=time") == ["曾晓雨", "王芳", "阿依古丽"]
    assert listed(personas, event, "") == ["阿依古丽", "王芳", "曾晓雨"]


def test_the_pages_by_sign_up_hold_everybody_once(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host, capacity=200)
    at = now()
    for number in range(52):
        make.registration(event.slots[0], at=at - timedelta(minutes=number // 3))
    first = personas.staff.get(f"/desk/events/{event.id}/registrations?order=time&view=missing").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = personas.staff.get(following.replace("&amp;", "&")).text
    shown = [re.findall(r"/desk/registrations/(\d+)", page) for page in (first, second)]
    assert [len(page) for page in shown] == [50, 2]
    assert len({number for page in shown for number in page}) == 52


@pytest.mark.parametrize("key", ["x", "1~x", "nan~1", f"1~{10**30}", "%00~1"])
def test_a_key_that_is_none_of_ours_means_the_first_page(personas: Personas, event: Event, key: str) -> None:
    assert len(listed(personas, event, f"?order=time&after={key}")) == 3
