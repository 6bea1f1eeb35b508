"""Asking for leave and telling the host afterwards, in the browser."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.db import db
from app.events.models import Absence, Registration, RegistrationState
from tests.factories import Factory
from tests.series_rows import series_rows
from tests.signing_in import Personas

ILL = {"preset": "ill", "words": ""}


@pytest.fixture
def family(make: Factory) -> User:
    """Whose places they are."""
    return make.user("何家长")


@pytest.fixture
def browser(personas: Personas, family: User) -> FlaskClient:
    """The family's."""
    return personas.young(family)


def soon(make: Factory, family: User) -> int:
    """Let somebody have a place in something that begins in three hours; returns it."""
    return make.registration(make.slot(leave_hours=24), user=family).id


def state(app: Flask, place: int) -> RegistrationState:
    """Return what a place is worth now."""
    with app.app_context():
        return db.session.get_one(Registration, place).state


def absences(app: Flask, place: int) -> list[Any]:
    """Return what is on record about a place."""
    with app.app_context():
        found = db.session.query(Absence).filter_by(registration_id=place)
        return [(one.kind, one.reason, one.forgiven_why) for one in found]


def test_leaving_late_leads_to_the_reason(app: Flask, make: Factory, family: User, browser: FlaskClient) -> None:
    place = soon(make, family)
    assert "请假" in browser.get(f"/registrations/{place}").text
    answer = browser.post(f"/registrations/{place}/cancellation")
    assert (answer.status_code, answer.location) == (303, f"/registrations/{place}/leave")
    assert state(app, place) is RegistrationState.CONFIRMED
    for _ in range(2):
        assert browser.post(f"/registrations/{place}/leave", data=ILL).status_code == 303
    assert absences(app, place) == [("excused", "生病", "")]
    assert state(app, place) is RegistrationState.CANCELLED
    assert browser.get(f"/registrations/{place}/leave").status_code == 200


def test_something_else_needs_words_and_nothing_typed_is_lost(
    app: Flask, make: Factory, family: User, browser: FlaskClient
) -> None:
    place = soon(make, family)
    for sent in ({}, {"preset": "other"}, {"preset": "other", "words": "事" * 201}):
        answer = browser.post(f"/registrations/{place}/leave", data=sent)
        assert answer.status_code == 422
        assert sent.get("words", "") in answer.text
    assert browser.post(f"/registrations/{place}/leave", data={"preset": "other", "words": "修路"}).status_code == 303
    assert absences(app, place) == [("excused", "修路", "")]


def test_of_a_series_one_date_or_all_of_them(app: Flask, make: Factory, family: User, browser: FlaskClient) -> None:
    place = series_rows(make, make.organisation(), family)["series_place"]
    assert browser.post(f"/registrations/{place}/return").status_code == 303
    assert absences(app, place) == []
    browser.post(f"/registrations/{place}/leave", data=ILL | {"scope": "date"})
    assert absences(app, place) == [("excused", "生病", "")]
    assert "已请假" in browser.get("/mine").text
    shown = browser.get(f"/registrations/{place}").text
    assert "这一次你请假了" in shown
    assert "报名成功" not in shown
    browser.post(f"/registrations/{place}/return")
    assert "报名成功" in browser.get(f"/registrations/{place}").text
    browser.post(f"/registrations/{place}/leave", data=ILL | {"scope": "series"})
    assert state(app, place) is RegistrationState.CANCELLED


def test_a_series_is_one_entry_with_its_later_dates(make: Factory, family: User, browser: FlaskClient) -> None:
    series_rows(make, make.organisation(), family)
    page = browser.get("/mine").text
    assert page.count("ticket__code") == 1
    assert "这个系列后面还有 2 次" in page
    assert browser.get("/mine/codes").text.count("ticket__code") == 1


def test_what_was_missed_is_told_with_what_follows_and_can_be_explained(
    app: Flask, make: Factory, family: User, browser: FlaskClient
) -> None:
    place = series_rows(make, make.organisation(), family)["missed_place"]
    assert "没来也没请假" in browser.get("/mine").text
    page = browser.get("/mine/absences").text
    assert "晚 24 小时开放报名" in page
    assert "手机没电了" in page
    assert browser.post(f"/registrations/{place}/explanation", data={"reason": " "}).status_code == 422
    for reason in ("堵车", "堵车两小时"):
        assert browser.post(f"/registrations/{place}/explanation", data={"reason": reason}).status_code == 303
    assert absences(app, place) == [("unexcused", "堵车两小时", "")]


def test_who_missed_nothing_is_told_so(make: Factory, family: User, browser: FlaskClient) -> None:
    place = soon(make, family)
    assert "没有缺席" in browser.get("/mine/absences").text
    assert browser.post(f"/registrations/{place}/explanation", data={"reason": "堵车"}).status_code == 422


def test_another_family_finds_nothing(make: Factory, family: User, personas: Personas) -> None:
    place, stranger = soon(make, family), personas.young()
    assert stranger.get(f"/registrations/{place}/leave").status_code == 404
    for act in ("leave", "return", "explanation"):
        assert stranger.post(f"/registrations/{place}/{act}", data=ILL).status_code == 404
