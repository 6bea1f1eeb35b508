"""A list with phone numbers goes to whoever passed the second factor lately, or on a remembered computer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.accounts.models import Browser, Session
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.people.models import Enrolment
from tests.factories import Factory
from tests.reading import as_table, column
from tests.signing_in import signed_in

Desk = Callable[[bool], tuple[FlaskClient, str, str]]


@pytest.fixture(params=["organiser", "school"])
def desk(request: pytest.FixtureRequest, app: Flask, make: Factory) -> Desk:
    """Whoever takes a list: the browser, where the list is and where its file is."""
    host, school = make.organisation(), make.school()
    event = make.going_on(host)
    person = make.registration(event.slots[0], name="曾晓雨", school=school).person_id
    make.do(_confirm, person, school)
    is_school = request.param == "school"
    user = make.member(school if is_school else host)
    page = "/school/registrations" if is_school else f"/desk/events/{event.id}/registrations"
    back = f"{page}?school={school.id}" if is_school else page
    return lambda is_proven: (signed_in(app, user, is_proven=is_proven), page, back)


def _confirm(person_id: int, school: Organisation) -> None:
    enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()
    enrolment.confirmed_at = now()


def take(browser: FlaskClient, page: str, **more: str) -> TestResponse:
    """Ask for the file."""
    return browser.post(f"{page}/download", data={"file_format": "csv", "purpose": "contact"} | more)


def entries(app: Flask) -> list[str]:
    """Return what the access log says was taken."""
    with app.app_context():
        return list(db.session.scalars(select(AccessEntry.action)))


def test_a_list_without_phone_numbers_asks_for_nothing_more(app: Flask, desk: Desk) -> None:
    browser, page, _ = desk(False)
    table = as_table(take(browser, page))
    assert column(table, "姓名") == ["曾晓雨"]
    assert "联系电话" not in table[0]
    assert "13712345678" not in str(table)
    assert entries(app) == ["download"]


def test_one_with_phone_numbers_leads_to_the_second_factor_and_back_to_the_list(app: Flask, desk: Desk) -> None:
    browser, page, back = desk(False)
    answer = take(browser, page, with_phones="y")
    assert answer.status_code == 303
    assert answer.location == f"/second-factor?next={back.replace('=', '%3D')}"
    assert "包含电话号码" in browser.get(back).text
    assert entries(app) == []


def test_with_the_second_factor_it_is_whole_and_written_down_as_such(app: Flask, desk: Desk) -> None:
    browser, page, _ = desk(True)
    table = as_table(take(browser, page, with_phones="y"))
    assert [phone.strip() for phone in column(table, "联系电话")] == ["13712345678"]
    assert entries(app) == ["full download"]


def test_after_twelve_hours_it_is_asked_for_again_but_not_on_a_remembered_computer(app: Flask, desk: Desk) -> None:
    browser, page, _ = desk(True)
    long_ago = now() - timedelta(hours=12, seconds=1)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Session).values(proven_at=long_ago))
    assert take(browser, page, with_phones="y").status_code == 303
    with app.app_context(), db.engine.begin() as connection:
        user_id = connection.scalar(select(Session.user_id))
        known = {
            "user_id": user_id,
            "token_hash": "-",
            "since": long_ago,
            "remembered_until": now() + timedelta(days=1),
        }
        connection.execute(Browser.__table__.insert(), known)
        connection.execute(update(Session).values(browser_id=select(Browser.id).scalar_subquery()))
    assert take(browser, page, with_phones="y").status_code == 200
