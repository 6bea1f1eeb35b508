"""The organiser's pages of one event: numbers, the list, the sheet, the file."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.announcing import cancel_event
from app.events.models import Event
from app.events.registration.operations import cancel
from tests.factories import Factory
from tests.reading import as_table, column
from tests.searches import searched
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event of the host: one arrived, one is missing, one is held, one gave the place back."""
    event = make.going_on(personas.host, capacity=200)
    make.arrival(make.registration(event.slots[0], name="曾晓雨", school=make.school("清溪一中")))
    make.registration(event.slots[0], name="阿依古丽·买买提")
    make.registration(event.slots[0], name="小小", age=9)
    later = make.slot(event, title="下午场", starts_at=now() + timedelta(minutes=30))
    gone = make.registration(later, name="不来了")
    make.do(cancel, gone.id, by=make.user().id, at=now())
    return event


def listed(personas: Personas, event: Event, query: str = "") -> list[str]:
    """Return the names on the list."""
    return names_on(personas.staff.get(f"/desk/events/{event.id}/registrations{query}").text)


def found(personas: Personas, event: Event, text: str, **filters: str) -> list[str]:
    """Return the names that a search shows."""
    return names_on(searched(personas.staff, f"/desk/events/{event.id}/registrations", text, **filters).text)


def names_on(page: str) -> list[str]:
    """Return the names in the list of a page."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def test_the_desk_counts_heads(personas: Personas, event: Event) -> None:
    page = personas.staff.get(f"/desk/events/{event.id}").text
    shown = re.findall(r'class="stat__value[^"]*">\s*([^<]*?)\s*<', page)
    assert shown == ["3 / 230", "1", "1", "0"]


def test_whoever_waits_for_a_guardian_is_no_work_once_the_event_is_off(
    personas: Personas, event: Event, make: Factory
) -> None:
    calls = f'href="/desk/events/{event.id}/guardians"'
    assert calls in personas.staff.get(f"/desk/events/{event.id}").text
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    assert calls not in personas.staff.get(f"/desk/events/{event.id}").text


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("all", ["阿依古丽·买买提", "小小", "曾晓雨"]),
        ("missing", ["阿依古丽·买买提", "小小"]),
        ("arrived", ["曾晓雨"]),
        ("held", ["小小"]),
        ("cancelled", ["不来了"]),
    ],
)
def test_the_list_can_be_narrowed_and_goes_by_pinyin(
    personas: Personas, event: Event, view: str, names: list[str]
) -> None:
    assert listed(personas, event, f"?view={view}") == names


@pytest.mark.parametrize("text", ["曾", "zeng", "ZXY", "zengxiao", " 曾晓雨 "])
def test_a_name_is_found_by_its_beginning_its_pinyin_or_its_initials(
    personas: Personas, event: Event, text: str
) -> None:
    assert found(personas, event, text) == ["曾晓雨"]


@pytest.mark.parametrize("text", ["%", "_", "nobody"])
def test_what_no_name_begins_with_finds_nobody(personas: Personas, event: Event, text: str) -> None:
    assert found(personas, event, text) == []


def test_filters_that_nobody_meets_find_nobody(personas: Personas, event: Event) -> None:
    assert found(personas, event, "曾", view="held") == []
    assert [listed(personas, event, f"?{one}=999999") for one in ("slot", "school")] == [[], []]


@pytest.mark.parametrize("after", ["x", "²", "0", f"{10**30}", "%001", "999999"])
def test_a_key_that_is_none_of_ours_breaks_nothing(personas: Personas, event: Event, after: str) -> None:
    answer = personas.staff.get(f"/desk/events/{event.id}/registrations?after={after}")
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["?view=secret", "?slot=x", "?school=-1", "?order=luck", "?q=%00"])
def test_what_an_address_says_wrongly_is_not_asked(personas: Personas, event: Event, query: str) -> None:
    assert listed(personas, event, query) == ["阿依古丽·买买提", "小小", "曾晓雨"]


def test_the_pages_of_a_long_list_hold_everybody_once(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host, capacity=200)
    for number in range(52):
        make.registration(event.slots[0], name="王芳" if number % 2 else "王方")  # one reading, many people
    first = personas.staff.get(f"/desk/events/{event.id}/registrations").text
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = personas.staff.get(following.replace("&amp;", "&")).text
    shown = [re.findall(r"/desk/registrations/(\d+)", page) for page in (first, second)]
    assert [len(page) for page in shown] == [50, 2]
    assert len({number for page in shown for number in page}) == 52


def test_the_sheet_has_everybody_who_holds_a_place_and_room_for_more(personas: Personas, event: Event) -> None:
    page = personas.staff.get(f"/desk/events/{event.id}/sheet").text
    assert all(name in page for name in ("曾晓雨", "小小", "下午场"))
    assert "不来了" not in page
    assert "13712345678" not in page


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_the_file_holds_everybody_who_holds_a_place(
    personas: Personas, event: Event, app: Flask, file_format: str
) -> None:
    form = {"file_format": file_format, "purpose": "door"}
    table = as_table(personas.staff.post(f"/desk/events/{event.id}/registrations/download", data=form))
    assert column(table, "姓名") == ["阿依古丽·买买提", "小小", "曾晓雨"]
    assert column(table, "学校") == ["", "", "清溪一中"]
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry))
    assert (entry.record, entry.record_id, entry.people, entry.purpose) == (
        "event_registrations",
        event.id,
        3,
        "door",
    )


def test_without_a_purpose_there_is_no_file_and_no_entry(personas: Personas, event: Event, app: Flask) -> None:
    address = f"/desk/events/{event.id}/registrations/download"
    assert personas.staff.post(address, data={"file_format": "csv", "purpose": "gossip"}).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(AccessEntry)).all() == []


def test_what_was_changed_can_be_copied_for_the_chat_groups_at_once(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    address = f"/desk/events/{event.id}"
    changes = [("notice", {"notice": "请穿雨鞋"}), ("cancellation", {"reason": "台风"}), ("resumption", {})]
    told = ["【最新通知】请穿雨鞋", "【活动取消】古镇文化交流日", "【最新通知】请穿雨鞋"]
    for (change, typed), words in zip(changes, told, strict=True):
        answer = personas.staff.post(f"{address}/{change}", data=typed)
        page = personas.staff.get(answer.location).text
        copied = page.split('id="chat-text"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
        assert copied.startswith(words)
        assert re.search(r'class="button button--primary" type="button" data-copy="#chat-text"', page)
        assert page.count("button--primary") == 1
