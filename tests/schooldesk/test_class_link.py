"""The one link of a class in the parents' chat group: a parent answers for the own child, signed up yet or not."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.events.models import Event, Registration
from app.people.consents.models import Consent
from app.schooldesk.class_events.codes import address_of
from app.schooldesk.class_events.models import ClassReply
from tests.factories import Factory, born
from tests.rosters import a_class, entered, typed
from tests.signing_in import Personas, signed_in

YES = {"name": "王建国", "relation": "father", "takes_part": "yes"}
NO = YES | {"takes_part": "no"}
BORN = born(10)  # once: the tests may run past midnight
FANG = {"child": "王芳", "aid": str(BORN)}


@pytest.fixture
def event(make: Factory, personas: Personas) -> Event:
    """An event with five places."""
    return make.event(personas.host, capacity=5)


@pytest.fixture
def page(make: Factory, personas: Personas, event: Event) -> str:
    """The teacher's page of an event for a class in which 王芳 is ten and 李娜 fifteen."""
    one = a_class(make, personas.school)
    pupils = (typed("王芳", BORN, guardian="王建国", phone="13800138000"), typed("李娜", born(15)))
    entered(make, one, *pupils)
    return f"/school/classes/{one.id}/events/{event.id}"


@pytest.fixture
def link(app: Flask, page: str) -> str:
    """The address that is sent to the chat group."""
    class_id, event_id = (int(number) for number in re.findall(r"\d+", page))
    with app.app_context():
        code = address_of(class_id, event_id)["code"]
    return f"/K/{class_id}/{event_id}/{code}"


def said(app: Flask, link: str, *parts: dict[str, str], **more: str) -> tuple[int, str]:
    """Answer in a browser of one's own; returns the status and what whoever answered reads next."""
    browser = app.test_client()
    answer = browser.post(link, data={name: value for part in parts for name, value in part.items()} | more)
    return answer.status_code, plain(browser.get(answer.location).text if answer.location else answer.text)


def plain(page: str) -> str:
    """Return a page without what is drawn by lot for each request."""
    return re.sub(r'(nonce|value|content)="[^"]*"', "", page)


def states(app: Flask) -> dict[str, str]:
    """Return what everybody's place is worth."""
    with app.app_context():
        return {one.person.name: one.state for one in db.session.scalars(select(Registration))}


def replies(app: Flask) -> list[tuple[str, bool]]:
    """Return what waits for the teacher."""
    with app.app_context():
        return [(one.child, one.takes_part) for one in db.session.scalars(select(ClassReply).order_by(ClassReply.id))]


@pytest.mark.parametrize(
    "aid",
    [str(BORN), f"{BORN:%Y%m%d}", "138 0013 8000", "１３８００１３８０００"],
    ids=["day", "digits", "phone", "wide phone"],
)
def test_agreeing_takes_a_place_that_is_held_until_it_is_proven(
    app: Flask, personas: Personas, page: str, link: str, aid: str
) -> None:
    for _ in range(2):
        assert said(app, link, YES, child="王 芳", aid=aid)[0] == 303
    assert (states(app), replies(app)) == ({"王芳": "held"}, [])
    shown = personas.school_office.get(page).text
    assert shown.count("已同意，待电话确认") == 1
    assert "未回复" in shown


def test_from_fourteen_on_the_answer_is_enough_by_day(app: Flask, link: str) -> None:
    said(app, link, YES, child="李娜", aid=str(born(15)))
    assert states(app) == {"李娜": "confirmed"}


def test_who_does_not_take_part_is_in_the_table_and_has_no_place(
    app: Flask, personas: Personas, page: str, link: str
) -> None:
    said(app, link, NO, FANG)
    assert states(app) == {}
    assert "1" in re.findall(r"不参加</dt>\s*<dd[^>]*>(\d+)", personas.school_office.get(page).text)
    said(app, link, YES, FANG)
    assert states(app) == {"王芳": "held"}
    said(app, link, NO, FANG)
    assert states(app) == {"王芳": "cancelled"}


def test_where_nothing_is_free_the_answer_counts_without_a_place(
    app: Flask, make: Factory, link: str, event: Event
) -> None:
    for _ in range(5):
        make.registration(event.slots[0], age=20)
    said(app, link, YES, FANG)
    assert "王芳" not in states(app)
    with app.app_context():
        assert [one.answer for one in db.session.scalars(select(Consent))] == ["yes", "no"]


def test_whoever_answers_is_told_the_same_whether_there_is_such_a_child_or_not(app: Flask, link: str) -> None:
    answers = [
        said(app, link, YES, FANG),
        said(app, link, YES, child="王芳", aid="2013-01-01"),
        said(app, link, YES, child="赵六", aid="13900139000"),
        said(app, link, NO, child="赵六", aid="13900139000"),
    ]
    assert len(set(answers)) == 1
    assert all(name not in answers[0][1] for name in ("王芳", "李娜", "王建国"))
    assert replies(app) == [("王芳", True), ("赵六", False)]


def test_a_stranger_cannot_give_a_confirmed_place_back_but_the_parent_who_agreed_can(app: Flask, link: str) -> None:
    nana = {"child": "李娜", "aid": str(born(15))}
    said(app, link, YES, nana)
    said(app, link, NO, nana, name="张三")
    assert (states(app), replies(app)) == ({"李娜": "confirmed"}, [("李娜", False)])
    said(app, link, NO, nana)
    assert states(app) == {"李娜": "cancelled"}


def test_the_teacher_says_whose_an_answer_was(app: Flask, personas: Personas, page: str, link: str) -> None:
    said(app, link, NO, child="王方", aid=str(BORN))
    said(app, link, YES, child="赵六", aid="13900139000")
    shown = personas.school_office.get(page).text
    first, second = re.findall(r'name="reply" value="(\d+)"', shown)
    fang = re.findall(r'<option value="(\d+)">王芳', shown)[0]
    office = personas.school_office
    assert office.post(f"{page}/replies", data={"reply": first}).status_code == 303  # nobody was chosen
    assert len(replies(app)) == 2
    for _ in range(2):
        assert office.post(f"{page}/replies", data={"reply": first, "pupil": fang}).status_code == 303
    office.post(f"{page}/replies", data={"reply": second, "drop": "y"})
    assert replies(app) == []
    assert "1" in re.findall(r"不参加</dt>\s*<dd[^>]*>(\d+)", office.get(page).text)


def test_another_school_says_nothing_about_it(app: Flask, make: Factory, page: str, link: str) -> None:
    said(app, link, YES, child="赵六", aid="13900139000")
    other = signed_in(app, make.member(make.school()))
    assert other.post(f"{page}/replies", data={"reply": "1", "drop": "y"}).status_code == 404
    assert len(replies(app)) == 1


@pytest.mark.parametrize(
    "wrong", [{"aid": "五年级"}, {"aid": "20130229"}, {"child": "?"}, {"takes_part": ""}, {"relation": "carer"}]
)
def test_what_is_wrong_is_said_before_anybody_looks_for_the_child(
    app: Flask, client: FlaskClient, link: str, wrong: dict[str, str]
) -> None:
    answer = client.post(link, data=YES | FANG | wrong)
    assert answer.status_code == 422
    assert 'value="王建国"' in answer.text
    assert states(app) == {}


def test_ten_answers_are_enough_for_one_browser_and_for_one_name(app: Flask, link: str) -> None:
    browser = app.test_client()
    browser.post(link, data=YES | FANG)
    strangers = [YES | {"child": f"王{sign}", "aid": "13900139000"} for sign in "一二三四五六七八九十"]
    tried = [browser.post(link, data=one) for one in strangers]
    assert [one.status_code for one in tried] == [303] * 9 + [422]
    named: list[Any] = [said(app, link, YES, child="王芳", aid=f"2013-01-{day:02}")[0] for day in range(1, 12)]
    assert named == [303] * 9 + [422] * 2


def test_several_sessions_are_chosen_from(app: Flask, make: Factory, link: str, event: Event) -> None:
    other = make.slot(event, title="下午场")
    assert said(app, link, YES, FANG)[0] == 422
    assert said(app, link, YES, FANG, slot_id=str(other.id))[0] == 303
    with app.app_context():
        assert [one.slot_id for one in db.session.scalars(select(Registration))] == [other.id]


def test_a_wrong_code_is_no_link(app: Flask, link: str) -> None:
    assert app.test_client().get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
