"""The page of a class and an event: answers, calls, reminders, the chat text; and the class's code at the door."""

import re
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.clock import local_day, now
from app.core.db import db
from app.events.models import Event, Registration
from app.people.models import Enrolment
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed
from tests.signing_in import Personas, signed_in

DAY = timedelta(days=1)


def a_page(make: Factory, personas: Personas, event: Event | None = None, age: int = 10) -> str:
    """Enter two pupils and return the address of the page of their class and an event."""
    one = a_class(make, personas.school)
    entered(make, one, typed("王芳", born(age), guardian="王建国", phone="13800138000"), typed("李娜", born(age)))
    event = event or make.event(personas.host, capacity=5)
    return f"/school/classes/{one.id}/events/{event.id}"


def test_of_a_series_the_list_says_the_next_date(personas: Personas, make: Factory) -> None:
    event = make.event(
        personas.host, title="书法课", opens_at=now() - 9 * DAY, starts_at=now() - 7 * DAY, ends_at=now() - 6 * DAY
    )
    make.slot(event, starts_at=now() + 7 * DAY, ends_at=now() + 8 * DAY, closes_at=now() + 6 * DAY)
    shown = personas.school_office.get(a_page(make, personas, event).rsplit("/", 1)[0]).text
    assert exact_day(now() + 7 * DAY) in shown
    assert exact_day(now() - 7 * DAY) not in shown


def exact_day(at: datetime) -> str:
    """Return a day as the pages say it."""
    day = local_day(at)
    return f"{day.month} 月 {day.day} 日"


def test_who_has_nobody_on_the_roster_is_given_somebody_to_call(app: Flask, personas: Personas, make: Factory) -> None:
    page = a_page(make, personas)
    personas.school_office.post(page, data=form(app, page))
    assert personas.school_office.get(page).text.count("/guardian/call") == 1


def everybody(app: Flask) -> list[int]:
    """Return the ids of all pupils."""
    with app.app_context():
        return list(db.session.scalars(select(Enrolment.person_id)))


def form(app: Flask, page: str, **more: object) -> dict[str, object]:
    """Return the form that signs everybody up."""
    with app.app_context():
        event = db.session.get_one(Event, int(page.rsplit("/", 1)[1]))
        slot_id = event.slots[0].id
    return {"slot_id": slot_id, "adults": "1", "together": "y", "person_id": everybody(app), **more}


def test_the_class_is_signed_up_and_the_page_says_who_has_not_answered(
    app: Flask, personas: Personas, make: Factory
) -> None:
    page = a_page(make, personas)
    answer = personas.school_office.post(page, data=form(app, page))
    assert (answer.status_code, answer.location) == (303, page)
    shown = personas.school_office.get(page).text
    assert shown.count("未回复") >= 3
    assert "王芳" in shown


def test_too_many_keep_what_was_ticked(app: Flask, personas: Personas, make: Factory) -> None:
    page = a_page(make, personas, make.event(personas.host, capacity=2))
    answer = personas.school_office.post(page, data=form(app, page))
    assert answer.status_code == 422
    assert len(re.findall(r'name="person_id" value="\d+" checked', answer.text)) == 2
    assert personas.school_office.post(page, data=form(app, page, person_id=[])).status_code == 422


def test_phones_are_masked_until_asked_for_and_that_is_written_down(
    app: Flask, personas: Personas, make: Factory
) -> None:
    page = a_page(make, personas)
    assert "13800138000" not in personas.school_office.get(page).text
    assert personas.school_office.post(f"{page}/phones").status_code == 303
    assert "tel:13800138000" in personas.school_office.get(page).text
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry).where(AccessEntry.action == "phones")).all()
        assert entry.people == 2


def test_a_call_to_the_roster_s_number_confirms_the_place(app: Flask, personas: Personas, make: Factory) -> None:
    page = a_page(make, personas)
    personas.school_office.post(page, data=form(app, page))
    personas.school_office.post(f"{page}/phones")
    shown = personas.school_office.get(page).text
    (guardian,) = set(re.findall(r'name="said" value="yes-(\d+)"', shown))
    for _ in range(2):
        assert personas.school_office.post(f"{page}/calls", data={"said": f"yes-{guardian}"}).status_code == 303
    assert states(app) == {"王芳": "confirmed", "李娜": "held"}
    assert personas.school_office.post(f"{page}/calls", data={"said": f"no-{guardian}"}).status_code == 303
    assert states(app)["王芳"] == "cancelled"
    for nobody in ("yes-999", "yes-", ""):
        assert personas.school_office.post(f"{page}/calls", data={"said": nobody}).status_code == 404


def states(app: Flask) -> dict[str, str]:
    """Return what everybody's place is worth."""
    with app.app_context():
        return {one.person.name: one.state for one in db.session.scalars(select(Registration))}


def test_two_reminders_and_no_third(personas: Personas, make: Factory) -> None:
    page = a_page(make, personas)
    for number in (1, 1, 2):
        assert personas.school_office.post(f"{page}/reminder", data={"number": number}).status_code == 303
    shown = personas.school_office.get(page).text
    assert "/reminder" not in shown
    assert (
        "已经提醒过两次"
        in personas.school_office.post(f"{page}/reminder", data={"number": 3}, follow_redirects=True).text
    )


def test_at_the_door_the_class_is_checked_in_but_for_the_missing(app: Flask, personas: Personas, make: Factory) -> None:
    page = a_page(make, personas, make.going_on(personas.host), age=19)
    personas.school_office.post(page, data=form(app, page))
    (path,) = re.findall(r"/K/\d+/\d+/[0-9A-Z]{10}", personas.school_office.get(page).text)
    door = personas.staff.get(path).location
    shown = personas.staff.get(door).text
    ticked = re.findall(r'name="registration" value="(\d+)" checked', shown)
    assert len(ticked) == 2
    for _ in range(2):
        assert personas.staff.post(door, data={"registration": ticked[:1]}).status_code == 303
    assert personas.staff.get(door).text.count('name="registration"') == 1
    with app.app_context():
        assert len(db.session.scalars(select(Registration)).all()) == 2
    assert personas.outsider.get(door).status_code == 404
    assert personas.school_office.get(door).status_code == 403


def test_another_school_finds_no_page_of_this_class(app: Flask, personas: Personas, make: Factory) -> None:
    page = a_page(make, personas)
    office = signed_in(app, make.member(make.school()))
    for path in (page, f"{page}/code.png", page.rsplit("/", 1)[0]):
        assert office.get(path).status_code == 404
    for path in (page, f"{page}/phones", f"{page}/reminder", f"{page}/calls"):
        assert office.post(path).status_code == 404


def test_a_draft_is_no_event_for_a_class(personas: Personas, make: Factory) -> None:
    page = a_page(make, personas, make.event(personas.host, is_published=False))
    assert personas.school_office.get(page).status_code == 404
