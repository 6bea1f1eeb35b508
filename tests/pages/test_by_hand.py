"""Staff enters people by hand, and at the door."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from app.people.models import Person
from tests.factories import Factory, born
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event that is going on, closed for sign-up."""
    return make.going_on(personas.host, capacity=2, closes_at=now(), has_waiting_list=True)


def typed(event: Event, name: str = "曾晓雨", born_on: date | None = None, **more: str) -> dict[str, str]:
    """Return what staff types."""
    day = born_on or born(18)
    return {"name": name, "born_on": f"{day:%Y%m%d}", "school_id": "none", "slot_id": str(event.slots[0].id)} | more


def count(app: Flask) -> int:
    """Return how many people there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person)) or 0


def states(app: Flask, event: Event) -> list[str]:
    """Return what the sign-ups are, the first first."""
    with app.app_context():
        theirs = select(Registration.state).where(Registration.slot_id == event.slots[0].id).order_by(Registration.id)
        return [state.value for state in db.session.scalars(theirs)]


def test_staff_adds_somebody_after_the_closing_time_and_twice_is_once(
    app: Flask, personas: Personas, event: Event
) -> None:
    address = f"/desk/events/{event.id}/registrations/new"
    first, second = (personas.staff.post(address, data=typed(event, phone="13800138000")) for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert "工作人员录入" in personas.staff.get(first.location).text
    assert states(app, event) == ["confirmed"]


def test_a_child_gets_the_place_held(app: Flask, personas: Personas, event: Event) -> None:
    personas.staff.post(f"/desk/events/{event.id}/registrations/new", data=typed(event, born_on=born(9)))
    assert states(app, event) == ["held"]


def test_somebody_who_is_here_already_is_offered_instead_of_a_second_person(
    app: Flask, personas: Personas, make: Factory, event: Event
) -> None:
    known, address = make.person(name="曾晓雨", born_on=born(18)), f"/desk/events/{event.id}/registrations/new"
    asked = personas.staff.post(address, data=typed(event))
    assert asked.status_code == 422
    assert "137****5678" in asked.text
    before = count(app)
    assert personas.staff.post(address, data=typed(event, known=str(known.id))).status_code == 303
    assert count(app) == before
    assert personas.staff.post(address, data=typed(event, known="0")).status_code == 303
    assert count(app) == before + 1


def test_nobody_is_added_beyond_the_capacity_but_may_wait(
    app: Flask, personas: Personas, make: Factory, event: Event
) -> None:
    for name in ("王芳", "阿依古丽"):
        personas.staff.post(f"/desk/events/{event.id}/registrations/new", data=typed(event, name))
    full = personas.staff.post(f"/desk/events/{event.id}/registrations/new", data=typed(event))
    assert full.status_code == 422
    assert "排进候补" in full.text
    assert 'value="曾晓雨"' in full.text
    personas.staff.post(f"/desk/events/{event.id}/registrations/new", data=typed(event, may_wait="y"))
    assert states(app, event) == ["confirmed", "confirmed", "waiting"]


def test_a_slot_of_another_event_or_a_wrong_day_is_refused(personas: Personas, make: Factory, event: Event) -> None:
    address = f"/desk/events/{event.id}/registrations/new"
    assert personas.staff.post(address, data=typed(event, slot_id=str(make.slot().id))).status_code == 422
    assert personas.staff.post(address, data=typed(event) | {"born_on": "99"}).status_code == 422


def test_a_walk_in_is_added_and_checked_in_at_once(app: Flask, personas: Personas, event: Event) -> None:
    answer = personas.staff.post(f"/desk/events/{event.id}/walk-in", data=typed(event), follow_redirects=True)
    assert "曾晓雨：已签到" in answer.text
    page = personas.staff.get(f"/desk/events/{event.id}/registrations?view=arrived").text
    assert "曾晓雨</a>" in page
    assert "现场补报" in page
    assert states(app, event) == ["confirmed"]


def test_a_child_at_the_door_is_sent_to_the_service_desk(app: Flask, personas: Personas, event: Event) -> None:
    child = typed(event, born_on=born(9))
    answer = personas.staff.post(f"/desk/events/{event.id}/walk-in", data=child, follow_redirects=True)
    assert "请到服务台" in answer.text
    assert states(app, event) == ["held"]


def test_whoever_has_signed_up_is_found_at_the_door_and_checked_in(
    app: Flask, personas: Personas, make: Factory
) -> None:
    event = make.going_on(personas.host)
    make.registration(event.slots[0], name="曾晓雨", born_on=born(18))
    answer = personas.staff.post(f"/desk/events/{event.id}/walk-in", data=typed(event), follow_redirects=True)
    assert "曾晓雨：已签到" in answer.text
    assert states(app, event) == ["confirmed"]


def test_on_another_day_there_is_nothing_to_walk_into(personas: Personas, make: Factory) -> None:
    begins = now() + timedelta(days=3)
    event = make.event(personas.host, starts_at=begins, ends_at=begins + timedelta(hours=2))
    page = personas.staff.get(f"/desk/events/{event.id}/walk-in")
    assert "现在没有正在进行的场次" in page.text
    assert personas.staff.post(f"/desk/events/{event.id}/walk-in", data=typed(event)).status_code == 200


@pytest.mark.parametrize("page", ["registrations/new", "walk-in"])
def test_only_staff_of_the_host_enters_people(personas: Personas, event: Event, page: str) -> None:
    assert personas.outsider.post(f"/desk/events/{event.id}/{page}", data=typed(event)).status_code == 404
    assert personas.young().get(f"/desk/events/{event.id}/{page}").status_code == 403
