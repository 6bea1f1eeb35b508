"""What organisers do to events, in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.clock import local, now
from app.core.db import db
from app.events.models import Event, Slot
from tests.factories import Factory
from tests.signing_in import Personas


def clock(days: int, hour: int) -> str:
    """Return a time some days from now, as the browser sends it."""
    return f"{local(now()) + timedelta(days=days):%Y-%m-%d}T{hour:02}:00"


WORDS = {"title": "书香接力", "kind": "practice", "summary": "请带一本书。", "place": "县图书馆", "contact": "苏老师"}
SLOT = {
    "slot_title": "周六上午",
    "form": "session",
    "starts_at": clock(7, 9),
    "ends_at": clock(7, 11),
    "slot_place": "",
    "capacity": "20",
    "min_age": "6",
    "max_age": "35",
    "opens_at": clock(0, 0),
    "closes_at": clock(6, 18),
}


def event_in(app: Flask, event_id: int) -> dict[str, Any]:
    """Return how an event stands now."""
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        slots = [(slot.title, slot.capacity) for slot in event.slots]
        return {"title": event.title, "public": event.is_published, "off": event.cancel_reason, "slots": slots}


def number_of(app: Flask, model: type[Event | Slot]) -> int:
    """Return how many rows there are."""
    with app.app_context():
        return db.session.query(model).count()


def test_an_event_is_set_up_read_over_and_published(app: Flask, personas: Personas) -> None:
    browser = personas.staff
    assert browser.get("/desk/events/new").status_code == 200
    answer = browser.post("/desk/events/new", data=WORDS | SLOT | {"host_id": str(personas.host.id)})
    assert answer.status_code == 303
    event_id = int(answer.location.rsplit("/", 1)[1])
    assert event_in(app, event_id) == {"title": "书香接力", "public": False, "off": None, "slots": [("周六上午", 20)]}
    assert personas.anonymous.get(f"/events/{event_id}").status_code == 404
    for _ in range(2):
        assert browser.post(f"/desk/events/{event_id}/publication").status_code == 303
    assert personas.anonymous.get(f"/events/{event_id}").status_code == 200
    assert "书香接力" in browser.get("/desk/events").text


def test_times_are_those_of_the_clock_in_shanghai(app: Flask, personas: Personas) -> None:
    answer = personas.staff.post("/desk/events/new", data=WORDS | SLOT | {"host_id": str(personas.host.id)})
    with app.app_context():
        event = db.session.get_one(Event, int(answer.location.rsplit("/", 1)[1]))
        assert f"{local(event.starts_at):%Y-%m-%dT%H:%M}" == SLOT["starts_at"]
        assert event.starts_at.hour == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "　 "),
        ("title", "长" * 81),
        ("kind", "party"),
        ("summary", ""),
        ("place", ""),
        ("slot_title", ""),
        ("form", "party"),
        ("starts_at", "soon"),
        ("starts_at", ""),
        ("ends_at", SLOT["starts_at"]),
        ("closes_at", clock(8, 9)),
        ("closes_at", clock(-1, 0)),
        ("capacity", "0"),
        ("capacity", "many"),
        ("capacity", "100001"),
        ("min_age", "-1"),
        ("max_age", "5"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays(
    app: Flask, personas: Personas, field: str, typed: str
) -> None:
    whole = WORDS | SLOT | {"host_id": str(personas.host.id), "contact": "苏老师 0731"}
    answer = personas.staff.post("/desk/events/new", data=whole | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert 'value="苏老师 0731"' in answer.text
    assert number_of(app, Event) == 0


def test_nobody_sets_up_events_for_another_host(app: Flask, personas: Personas) -> None:
    answer = personas.staff.post("/desk/events/new", data=WORDS | SLOT | {"host_id": str(personas.other_host.id)})
    assert answer.status_code == 422
    assert number_of(app, Event) == 0


def test_the_words_of_an_event_are_changed(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    address = f"/desk/events/{event.id}/edit"
    assert f'value="{event.title}"' in browser.get(address).text
    assert browser.post(address, data=WORDS).status_code == 303
    assert event_in(app, event.id)["title"] == "书香接力"
    refused = browser.post(address, data=WORDS | {"title": "", "place": "别的地方"})
    assert refused.status_code == 422
    assert 'value="别的地方"' in refused.text


def test_a_second_slot_is_added_changed_and_deleted(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    address = f"/desk/events/{event.id}/slots/new"
    assert browser.get(address).status_code == 200
    assert browser.post(address, data=SLOT | {"capacity": "x"}).status_code == 422
    assert browser.post(address, data=SLOT).status_code == 303
    with app.app_context():
        slot_id = db.session.query(Slot.id).filter_by(title="周六上午").scalar()
    assert 'value="周六上午"' in browser.get(f"/desk/slots/{slot_id}/edit").text
    assert browser.post(f"/desk/slots/{slot_id}/edit", data=SLOT | {"capacity": "25"}).status_code == 303
    assert event_in(app, event.id)["slots"] == [("上午场", 30), ("周六上午", 25)]
    assert browser.post(f"/desk/slots/{slot_id}/deletion").status_code == 303
    assert event_in(app, event.id)["slots"] == [("上午场", 30)]
    assert browser.post(f"/desk/slots/{slot_id}/deletion").status_code == 404


def test_fewer_places_than_people_is_refused_beside_the_number(app: Flask, personas: Personas, make: Factory) -> None:
    slot = make.slot(make.event(personas.host), capacity=3)
    for _ in range(2):
        make.registration(slot)
    answer = personas.staff.post(f"/desk/slots/{slot.id}/edit", data=SLOT | {"capacity": "1"})
    assert answer.status_code == 422
    assert 'id="capacity-errors"' in answer.text
    assert 'value="周六上午"' in answer.text


def test_a_slot_in_use_and_the_last_one_stay_and_the_page_says_why(personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    last = event.slots[0].id
    page = browser.post(f"/desk/slots/{last}/deletion", follow_redirects=True).text
    assert "banner--bad" in page
    used = make.slot(event)
    make.registration(used)
    page = browser.post(f"/desk/slots/{used.id}/deletion", follow_redirects=True).text
    assert "banner--bad" in page
    assert browser.get(f"/desk/slots/{used.id}/edit").status_code == 200


def test_an_event_is_called_off_with_a_reason_and_taken_up_again(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    address, page = f"/desk/events/{event.id}/cancellation", f"/events/{event.id}"
    make.registration(event.slots[0])
    assert "现在共 1 人" in browser.get(address).text
    assert "个名额" in personas.anonymous.get(page).text
    assert browser.post(address, data={"reason": " \n "}).status_code == 422
    assert event_in(app, event.id)["off"] is None
    assert browser.post(address, data={"reason": "台风来了"}).status_code == 303
    assert event_in(app, event.id)["off"] == "台风来了"
    off = personas.anonymous.get(page).text
    assert ("台风来了" in off, "个名额" in off, "报名" in off.partition("<main")[2].partition("</main")[0]) == (
        True,
        False,
        False,
    )
    assert browser.post(f"/desk/events/{event.id}/resumption").status_code == 303
    assert event_in(app, event.id)["off"] is None


def test_a_cancelled_draft_is_not_published(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host, is_published=False), personas.staff
    browser.post(f"/desk/events/{event.id}/cancellation", data={"reason": "台风来了"})
    page = browser.post(f"/desk/events/{event.id}/publication", follow_redirects=True).text
    assert "banner--bad" in page
    assert not event_in(app, event.id)["public"]


def test_a_draft_is_deleted_and_not_called_off(personas: Personas, make: Factory) -> None:
    draft, published = make.event(personas.host, is_published=False), make.event(personas.host)
    of_draft, of_published = (personas.staff.get(f"/desk/events/{one.id}").text for one in (draft, published))
    assert f"/desk/events/{draft.id}/deletion" in of_draft
    assert f"/desk/events/{draft.id}/cancellation" not in of_draft
    assert f"/desk/events/{published.id}/cancellation" in of_published
