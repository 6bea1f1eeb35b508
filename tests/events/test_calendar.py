"""The calendar file of a place, read by two readers that know nothing of each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from flask import Flask

from app.core.clock import SHANGHAI, now
from app.core.db import db
from app.events import announcing, planning
from app.events.calendar import calendar_of
from app.events.history import revision_of
from app.events.models import Registration
from app.events.plans import words_of
from app.events.registration import operations
from tests.factories import Factory
from tests.signing_in import Personas, signed_in

ADDRESS = "https://tongxing.example/registrations/7"
TO_BRING = "带水杯；\n穿球鞋, 戴帽子: 5;6 🧢"
PHONE = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/87.0 Mobile Safari/537.36"


def drawn(registration: Registration) -> bytes:
    """Return the file of a place as it is now."""
    db.session.expire_all()
    current = db.session.get_one(Registration, registration.id)
    return calendar_of(current, revision_of(current), ADDRESS)


def entry(file: bytes) -> icalendar.Event:
    """Return the one entry of a file, as icalendar reads it."""
    (found,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found


def second_reading(file: bytes) -> vobject.base.Component:
    """Return the same as vobject reads it."""
    return vobject.readOne(file.decode()).vevent


def beginning(year: int, month: int, day: int, hour: int) -> dict[str, datetime]:
    """Return the times of a slot that begins at an hour in Shanghai and lasts for two."""
    starts = datetime(year, month, day, hour, tzinfo=SHANGHAI)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "closes_at": starts}


@pytest.mark.parametrize(
    ("begins", "first", "last"),
    [
        ((2027, 7, 1, 9), datetime(2027, 7, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, 3, tzinfo=UTC)),
        ((2027, 1, 1, 7), datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)),
        ((2026, 12, 31, 23), datetime(2026, 12, 31, 15, tzinfo=UTC), datetime(2026, 12, 31, 17, tzinfo=UTC)),
        ((2028, 2, 29, 0), datetime(2028, 2, 28, 16, tzinfo=UTC), datetime(2028, 2, 28, 18, tzinfo=UTC)),
        ((2040, 6, 15, 14), datetime(2040, 6, 15, 6, tzinfo=UTC), datetime(2040, 6, 15, 8, tzinfo=UTC)),
    ],
    ids=["summer", "New Year's morning", "New Year's eve", "leap day", "far away"],
)
@pytest.mark.parametrize("engine", ["sqlite"])
@time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False)  # before them all, whenever this is tested
def test_two_readers_agree_on_the_hour_everywhere_and_in_shanghai(
    inside: Flask, make: Factory, begins: tuple[int, int, int, int], first: datetime, last: datetime
) -> None:
    file = drawn(make.registration(make.event(**beginning(*begins)).slots[0]))
    one, other = entry(file), second_reading(file)
    for start, end in ((one.start, one.end), (other.dtstart.value, other.dtend.value)):
        assert (start.astimezone(UTC), end.astimezone(UTC)) == (first, last)
        assert (start.hour, start.utcoffset()) == (begins[3], timedelta(hours=8))
    assert b"DTSTART;TZID=Asia/Shanghai:" in file


def test_an_event_that_moves_is_the_same_entry_with_a_higher_sequence(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration = make.registration(event.slots[0])
    before = entry(drawn(registration))
    later = event.starts_at + timedelta(days=7)
    make.do(announcing.postpone_event, event.id, later, "台风", by=event.created_by_id, at=now())
    after = entry(drawn(registration))
    assert after["UID"] == before["UID"] == f"registration-{registration.id}@tongxing.example"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after.start.astimezone(UTC) == later.replace(microsecond=later.microsecond // 10**6)


def test_a_slot_that_gets_another_place_has_a_higher_sequence_too(inside: Flask, make: Factory) -> None:
    event = make.event()
    registration, slot = make.registration(event.slots[0]), event.slots[0]
    before = entry(drawn(registration))
    plan = make.plan(starts_at=slot.starts_at, ends_at=slot.ends_at, place="县文化馆二楼")
    make.do(planning.edit_slot, slot.id, plan, by=event.created_by_id, at=now())
    after = entry(drawn(registration))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LOCATION"] == "县文化馆二楼"


def test_what_is_given_back_or_called_off_is_cancelled_and_rings_no_more(inside: Flask, make: Factory) -> None:
    event = make.event()
    given_back, called_off = make.registration(event.slots[0]), make.registration(event.slots[0])
    before = [entry(drawn(one)) for one in (given_back, called_off)]
    assert [(one["STATUS"], len(one.walk("VALARM"))) for one in before] == [("CONFIRMED", 1)] * 2
    make.do(operations.cancel, given_back.id, by=given_back.registered_by_id, at=now())
    assert entry(drawn(called_off))["STATUS"] == "CONFIRMED"
    first = entry(drawn(given_back))
    make.do(announcing.cancel_event, event.id, "台风来了", by=event.created_by_id, at=now())
    second = entry(drawn(called_off))
    for then, after in zip(before, (first, second), strict=True):
        assert (after["STATUS"], len(after.walk("VALARM"))) == ("CANCELLED", 0)
        assert after["SEQUENCE"] > then["SEQUENCE"]


def test_a_held_place_is_tentative_and_it_rings_three_hours_before(inside: Flask, make: Factory) -> None:
    found = second_reading(drawn(make.registration(age=9)))
    assert found.status.value == "TENTATIVE"
    assert found.valarm.trigger.value == timedelta(hours=-3)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_any_text_comes_through_whole_in_short_lines(inside: Flask, make: Factory) -> None:
    title = "古镇，集市; 手工, 戏曲 🎭\\n 与𠮷野" + "长" * 80
    event = make.event(title=title)
    words = replace(words_of(event), summary=TO_BRING, place="清溪古镇; 北门, 牌坊下")
    make.do(planning.edit_event, event.id, words, by=event.created_by_id, at=now())
    make.do(announcing.announce, event.id, "改从南门进", by=event.created_by_id, at=now())
    file = drawn(make.registration(event.slots[0], name="阿依古丽·买买提"))
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    one, other = entry(file), second_reading(file)
    assert str(one["SUMMARY"]) == other.summary.value
    assert title in other.summary.value
    assert str(one["LOCATION"]) == other.location.value == "清溪古镇; 北门, 牌坊下"
    assert str(one["DESCRIPTION"]) == other.description.value
    for words in ("阿依古丽·买买提", "改从南门进", TO_BRING, ADDRESS):
        assert words in other.description.value


def test_the_same_facts_make_the_same_bytes(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    assert drawn(registration) == drawn(registration)


def test_the_page_of_the_code_leads_to_the_file_and_its_owner_alone_gets_it(
    app: Flask, make: Factory, personas: Personas
) -> None:
    user = make.user()
    registration = make.registration(user=user)
    browser, address = signed_in(app, user), f"/registrations/{registration.id}"
    assert f"{address}/calendar.ics" in browser.get(address).text
    answer = browser.get(f"{address}/calendar.ics")
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert "filename*=UTF-8''%E5%8F%A4%E9%95%87" in answer.headers["Content-Disposition"]
    assert str(entry(answer.data)["URL"]) == f"http://tongxing.test{address}"
    assert personas.outsider.get(f"{address}/calendar.ics").status_code == 404
    assert personas.anonymous.get(f"{address}/calendar.ics").status_code == 302


@pytest.mark.parametrize("engine", ["sqlite"])
def test_in_wechat_the_page_says_how_to_get_out(app: Flask, make: Factory) -> None:
    user = make.user()
    address, browser = f"/registrations/{make.registration(user=user).id}", signed_in(app, user, "en")
    assert "Open in browser" not in browser.get(address, headers={"User-Agent": PHONE}).text
    in_wechat = {"User-Agent": f"{PHONE} MicroMessenger/8.0.50"}
    assert "Open in browser" in browser.get(address, headers=in_wechat).text
