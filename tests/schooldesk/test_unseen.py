"""A school follows up its own pupils, and nobody else's."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.announcements.group import Group
from app.announcements.leaving import begin, readers_of, tell
from app.announcements.operations import Words, send_off
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from app.messages.models import Message
from app.people.models import Enrolment
from app.people.operations import confirm_enrolments
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event of which something urgent was told: to a pupil, to one not confirmed, and to one of another school."""
    event = make.event(capacity=50)
    own = make.registration(event.slots[0], name="曾晓雨", school=personas.school, class_name="高一3班")
    make.do(_confirm, own)
    make.registration(event.slots[0], name="还没确认", school=personas.school)
    make.do(_confirm, make.registration(event.slots[0], name="别校学生", school=make.school()))
    sent = make.do(send_off, event.id, Group(), Words("大风预警", "回到室内", True), by=event.created_by_id, at=now())
    make.do(_leave, sent.id)
    return event


def _confirm(registration: Registration) -> None:
    enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == registration.person_id)).one()
    confirm_enrolments([enrolment.id], enrolment.school_id, by=1, at=now())


def _leave(announcement_id: int) -> None:
    begin(announcement_id, at=now())
    tell(announcement_id, readers_of(announcement_id, now()), at=now())


def message_to(app: Flask, name: str) -> int:
    """Return the message to somebody."""
    with app.app_context():
        urgent = db.session.scalars(select(Message).where(Message.is_urgent))
        return next(one.id for one in urgent if one.person.name == name)


def test_the_list_of_events_counts_own_pupils(personas: Personas, event: Event) -> None:
    page = personas.school_office.get("/school/unseen").text
    assert event.title in page
    assert "0 人看到，1 人还没看到" in page


def test_the_page_of_an_event_leads_back_to_the_list(personas: Personas, event: Event) -> None:
    page = personas.school_office.get(f"/school/events/{event.id}/unseen").text
    assert re.search(r'<p><a href="/school/unseen[^"]*">← 紧急通知</a></p>', page)


def test_only_own_confirmed_pupils_are_listed(personas: Personas, event: Event) -> None:
    page = personas.school_office.get(f"/school/events/{event.id}/unseen").text
    assert re.findall(r'unseen__name"><strong>([^<]*)<', page) == ["曾晓雨"]
    assert "别校学生" not in page
    assert "还没确认" not in page


def test_numbers_are_shown_once_asked_for_and_that_is_written_down(
    personas: Personas, event: Event, app: Flask
) -> None:
    address = f"/school/events/{event.id}/unseen"
    assert "tel:" not in personas.school_office.get(address).text
    assert personas.school_office.post(f"{address}/phones").status_code == 303
    assert "tel:13712345678" in personas.school_office.get(address).text
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry))
    assert (entry.record, entry.people) == (f"unseen_pupils_{personas.school.id}", 1)


def test_a_pupil_who_was_called_is_off_the_list_and_can_be_put_back(
    personas: Personas, event: Event, app: Flask
) -> None:
    told, address = f"/school/messages/{message_to(app, '曾晓雨')}/told", f"/school/events/{event.id}/unseen"
    for _ in range(2):
        assert personas.school_office.post(told).status_code == 303
    assert "每个人都知道了" in personas.school_office.get(address).text
    assert personas.school_office.post(f"{told}/end").status_code == 303
    assert "曾晓雨" in personas.school_office.get(address).text


@pytest.mark.parametrize("name", ["别校学生", "还没确认"])
def test_the_message_of_anybody_else_is_not_there(personas: Personas, event: Event, app: Flask, name: str) -> None:
    told = f"/school/messages/{message_to(app, name)}/told"
    assert personas.school_office.post(told).status_code == 404
    assert personas.school_office.post(f"{told}/end").status_code == 404
    assert personas.staff.post(told).status_code == 403


def test_an_event_without_own_pupils_is_not_there(personas: Personas, event: Event, make: Factory) -> None:
    elsewhere = make.event()
    assert personas.school_office.get(f"/school/events/{elsewhere.id}/unseen").status_code == 404
    assert personas.school_office.post(f"/school/events/{elsewhere.id}/unseen/phones").status_code == 404
    assert personas.staff.get(f"/school/events/{event.id}/unseen").status_code == 403
    assert personas.anonymous.get("/school/unseen").status_code == 302


def test_without_anything_urgent_it_says_so(personas: Personas) -> None:
    assert "没有紧急通知" in personas.school_office.get("/school/unseen").text
