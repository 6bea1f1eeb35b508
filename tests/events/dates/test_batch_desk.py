"""Many slots at once, in the browser: what is alike, the days, and back again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from time_machine import travel

from app.core.db import db
from app.events.models import Event, SlotBatch
from tests.factories import Factory
from tests.signing_in import Personas

AUTUMN = datetime(2026, 9, 1, 2, tzinfo=UTC)
FORM = {
    "slot_title": "周六合唱",
    "weekdays": ["6"],
    "first_day": "20260919",
    "last_day": "2026-10-17",
    "begins": "9:00",
    "ends": "11点",
    "slot_place": "",
    "capacity": "20",
    "min_age": "6",
    "max_age": "18",
    "opens_at": "2026-09-01 08:00",
    "closes_hours": "12",
}


@pytest.fixture(autouse=True)
def autumn() -> Any:
    """The first days of a term."""
    with travel(AUTUMN, tick=True):
        yield


def days(app: Flask, event_id: int) -> list[str]:
    """Return when the slots of an event begin, but for its first one, with who leads."""
    with app.app_context():
        slots = [one for one in db.session.get_one(Event, event_id).slots if one.batch_id]
        return [f"{one.starts_at:%m-%d %H:%M}{'*' if one.leads else ''}" for one in slots]


def event_of(make: Factory, personas: Personas) -> int:
    """Make an event of the staff's own host."""
    return make.event(personas.host).id


def test_the_days_are_shown_first_without_holidays(app: Flask, make: Factory, personas: Personas) -> None:
    event_id = event_of(make, personas)
    browser, address = personas.staff, f"/desk/events/{event_id}/slots/batch"
    assert browser.get(address).status_code == 200
    page = browser.post(address, data=FORM | {"preview": "1"}).text
    assert page.count(" checked") == 2
    assert "国庆节放假" in page
    assert "国庆节调休，这天上班上学" in page
    assert days(app, event_id) == []


def test_what_is_ticked_is_added_once(app: Flask, make: Factory, personas: Personas) -> None:
    event_id = event_of(make, personas)
    browser, address = personas.staff, f"/desk/events/{event_id}/slots/batch"
    chosen = FORM | {"chosen": "1", "day": ["2026-09-19", "2026-10-10"], "key": "abc"}
    page = browser.post(address, data=chosen | {"add": "1", "another": "20261018"}).text
    assert page.count(" checked") == 3
    for _ in range(2):
        day = [*chosen["day"], "2026-10-18"]
        assert browser.post(address, data=chosen | {"day": day, "create": "1", "is_series": "y"}).status_code == 303
    assert days(app, event_id) == ["09-19 01:00*", "10-10 01:00", "10-18 01:00"]
    desk = browser.get(f"/desk/events/{event_id}").text
    assert "批量增加的场次" in desk
    assert "增加了系列“周六合唱”，共 3 次" in desk


def test_next_year_is_said_to_be_unknown(make: Factory, personas: Personas) -> None:
    address = f"/desk/events/{event_of(make, personas)}/slots/batch"
    page = personas.staff.post(address, data=FORM | {"last_day": "20270220", "preview": "1"}).text
    assert "这一年的放假安排还没公布" in page
    assert "部分节假日安排还没公布" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("slot_title", ""),
        ("weekdays", []),
        ("first_day", "20260931"),
        ("last_day", "20260801"),
        ("last_day", "20290101"),
        ("first_day", "19990101"),
        ("begins", "25:00"),
        ("ends", "8:00"),
        ("max_age", "5"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(make: Factory, personas: Personas, field: str, typed: Any) -> None:
    address = f"/desk/events/{event_of(make, personas)}/slots/batch"
    answer = personas.staff.post(address, data=FORM | {field: typed, "preview": "1"})
    assert answer.status_code == 422
    assert "20260919" in answer.text or field == "first_day"


@pytest.mark.parametrize("sent", [{"create": "1", "chosen": "1"}, {"add": "1", "chosen": "1", "another": "bald"}])
def test_no_day_is_no_batch(app: Flask, make: Factory, personas: Personas, sent: dict[str, str]) -> None:
    event_id = event_of(make, personas)
    assert personas.staff.post(f"/desk/events/{event_id}/slots/batch", data=FORM | sent).status_code == 422
    assert days(app, event_id) == []


def test_a_day_that_is_over_is_never_added(app: Flask, make: Factory, personas: Personas) -> None:
    event_id = event_of(make, personas)
    data = FORM | {"first_day": "20260801", "chosen": "1", "day": ["2026-08-29", "2026-09-19"], "create": "1"}
    assert personas.staff.post(f"/desk/events/{event_id}/slots/batch", data=data).status_code == 303
    assert days(app, event_id) == ["09-19 01:00"]


def test_a_batch_is_taken_back(app: Flask, make: Factory, personas: Personas) -> None:
    event_id = event_of(make, personas)
    data = FORM | {"chosen": "1", "day": ["2026-09-19", "2026-10-17"], "create": "1"}
    personas.staff.post(f"/desk/events/{event_id}/slots/batch", data=data)
    with app.app_context():
        batch, kept = db.session.query(SlotBatch).one().id, db.session.get_one(Event, event_id).slots[-1]
    make.registration(kept)
    assert personas.outsider.post(f"/desk/batches/{batch}/undoing").status_code == 404
    for _ in range(2):
        assert personas.staff.post(f"/desk/batches/{batch}/undoing").status_code == 303
    assert days(app, event_id) == ["10-17 01:00"]


def test_another_host_finds_nothing(make: Factory, personas: Personas) -> None:
    address = f"/desk/events/{event_of(make, personas)}/slots/batch"
    assert personas.outsider.get(address).status_code == 404
    assert personas.outsider.post(address, data=FORM | {"create": "1"}).status_code == 404
    assert personas.young().get(address).status_code == 403


@pytest.mark.parametrize("day", ["00010101", "0001-01-02", "99991231"])
def test_a_day_at_an_end_of_the_calendar_is_none(app: Flask, make: Factory, personas: Personas, day: str) -> None:
    event_id = event_of(make, personas)
    data = FORM | {"begins": "0:10", "closes_hours": "720", "chosen": "1", "day": [day], "another": day}
    for button in ("preview", "add", "create"):
        answer = personas.staff.post(f"/desk/events/{event_id}/slots/batch", data=data | {button: "1"})
        assert answer.status_code in {200, 422}
    assert days(app, event_id) == []


def test_a_key_that_no_database_stores_is_read_without_its_commands(
    app: Flask, make: Factory, personas: Personas
) -> None:
    event_id = event_of(make, personas)
    data = FORM | {"chosen": "1", "day": ["2026-09-19"], "create": "1"}
    for key in ("a\0b", "ab"):
        assert personas.staff.post(f"/desk/events/{event_id}/slots/batch", data=data | {"key": key}).status_code == 303
    assert len(days(app, event_id)) == 1
