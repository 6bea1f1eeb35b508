"""现在缺人: which shifts need people most, and that both the page and the desk say so in the same order."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.access import Principal, Role
from app.core.clock import now
from app.core.db import db
from app.events.announcing import cancel_event
from app.events.models import Slot, SlotForm, WayIn
from app.events.search import Wanted, read_wanted
from app.events.shifts import insuring, need
from app.programmes.kinds import ProgrammeKind
from tests.factories import Factory
from tests.shifts import shift_event
from tests.signing_in import Personas

DAY = timedelta(days=1)


def lacking(make: Factory, title: str, days: float, free: int = 10, capacity: int = 10, **changes: Any) -> Slot:
    """Make a shift that begins in so many days and lacks so many people."""
    begins = now() + days * DAY
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "closes_at": begins}
    values = {"form": SlotForm.SHIFT, **times, "capacity": capacity, **changes}
    slot = make.event(title=title, **values).slots[0]
    for _ in range(capacity - free):
        make.registration(slot, age=20)
    return slot


def titles(slots: list[Slot]) -> list[str]:
    """Return of which events they are."""
    return [slot.event.title for slot in slots]


def shown(page: str) -> list[str]:
    """Return the titles of the cards on a page."""
    return re.findall(r'<a class="card__link"[^>]*>([^<]*)</a>', page)


def test_what_begins_soon_and_lacks_many_is_on_top(inside: Flask, make: Factory) -> None:
    lacking(make, "五天后全空", 5)  # 100 × 2
    lacking(make, "明天缺三成", 0.9, free=3)  # 30 × 8
    lacking(make, "两天后缺六成", 2, free=6)  # 60 × 4, later than the one of tomorrow
    lacking(make, "三周后全空", 21)  # 100
    found = need.shifts_in_need(Wanted(), now())
    assert titles(found) == ["明天缺三成", "两天后缺六成", "五天后全空", "三周后全空"]
    assert [need.need_of(slot, now()) for slot in found] == [240, 240, 200, 100]


@pytest.mark.parametrize(
    "changes",
    [
        {"form": SlotForm.SESSION},
        {"days": 32},
        {"days": -0.01},
        {"free": 0, "capacity": 2},
        {"is_published": False},
        {"opens_at": now() + DAY / 2},
        {"closes_at": now() - DAY / 2},
        {"way_in": WayIn.INVITATION},
    ],
    ids="-".join,
)
def test_what_nobody_can_sign_up_for_is_not_shown(inside: Flask, make: Factory, changes: dict[str, Any]) -> None:
    lacking(make, "班次", **({"days": 2} | changes))
    assert need.shifts_in_need(Wanted(), now()) == []


def test_what_was_called_off_is_not_shown(inside: Flask, make: Factory) -> None:
    slot = lacking(make, "班次", 2)
    make.do(cancel_event, slot.event_id, "台风", by=make.user().id, at=now())
    assert need.shifts_in_need(Wanted(), now()) == []


def test_a_risky_shift_is_shown_once_it_is_insured(inside: Flask, make: Factory) -> None:
    event = make.event(title="搬舞台")
    begins = now() + 2 * DAY
    times = {"starts_at": begins, "ends_at": begins + DAY / 12, "closes_at": begins}
    risky = make.slot(event, form=SlotForm.SHIFT, is_risky=True, **times)
    assert need.shifts_in_need(Wanted(), now()) == []
    make.do(insuring.mark_insured, risky.id, "保单", by=make.user().id, at=now())
    assert titles(need.shifts_in_need(Wanted(), now())) == ["搬舞台"]


def test_it_is_narrowed_as_the_front_page_is(inside: Flask, make: Factory) -> None:
    lacking(make, "清扫公园", 2, min_age=14, max_age=17)
    for asked, found in (
        ({"q": "qsgy"}, 1),
        ({"q": "古镇"}, 1),
        ({"q": "图书"}, 0),
        ({"kind": ProgrammeKind.THEME}, 1),
        ({"kind": ProgrammeKind.SERIES}, 0),
        ({"level": "high"}, 1),
        ({"level": "primary"}, 0),
        ({"when": "today"}, 0),
    ):
        assert len(need.shifts_in_need(read_wanted(asked), now())) == found, asked


def test_the_pages_of_a_long_list_hold_every_shift_once(inside: Flask, make: Factory) -> None:
    for number in range(45):
        lacking(make, f"班{number}", 1 + number % 7, capacity=1 + number % 3, free=1 + number % 3)
    at, after, seen = now(), None, []
    while True:
        page, key = need.page_of_shifts(need.shifts_in_need(Wanted(), at, after), at, after)
        seen += titles(list(page))
        if key is None:
            break
        after = need.read_need_key(key)
    assert len(seen) == len(set(seen)) == 45
    assert seen == titles(sorted(_all(), key=lambda slot: (-need.need_of(slot, at), slot.starts_at, slot.id)))


def _all() -> list[Slot]:
    return list(db.session.query(Slot))


@pytest.mark.parametrize(
    "asked", ["", "x", "1~2~3", "1~x~3~4", "1~2~3~-4", "nan~1~1~1", "1e99~1~1~1", "253402300799~1~1~1"]
)
def test_a_key_that_is_none_means_the_first_page(client: FlaskClient, make: Factory, asked: str) -> None:
    lacking(make, "清扫公园", 2)
    assert need.read_need_key(asked) is None
    assert shown(client.get(f"/shifts?after={asked}").text) == ["清扫公园"]


def test_everybody_sees_it_with_what_the_shift_asks_for(client: FlaskClient, make: Factory) -> None:
    assert "眼下不缺人" in client.get("/shifts").text
    lacking(make, "清扫公园", 2, capacity=8)
    page = client.get("/shifts").text
    assert shown(page) == ["清扫公园"]
    assert "还缺 8 人" in page
    assert "同时符合" in client.get("/shifts?q=nothing").text
    assert 'href="/shifts"' in client.get("/").text


def test_the_desk_shows_ones_own_in_the_same_order_and_why_one_is_closed(personas: Personas, make: Factory) -> None:
    assert "眼下不缺人" in personas.staff.get("/desk/shifts").text
    shift_event(make, personas.host, days=9)
    shift_event(make, personas.host, days=2, opens_at=now() + DAY)
    shift_event(make, personas.other_host)
    page = personas.staff.get("/desk/shifts").text
    assert len(re.findall(r"还缺 30 人", page)) == 2
    assert "现在不能报名" in page
    assert personas.young().get("/desk/shifts").status_code == 403


def test_a_host_sees_its_own_only(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    event = shift_event(make, host)
    shift_event(make)
    staff = Principal(frozenset({Role.STAFF}), organisations={Role.STAFF: frozenset({host.id})})
    assert [slot.event_id for slot in need.own_shifts_in_need(staff, now())] == [event.id]
