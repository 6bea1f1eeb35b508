"""The leader's page of who is fetched."""

import re

import pytest
from flask import Flask

from app.checkin.collecting_models import Collection
from app.core.db import db
from app.events.models import Registration
from tests.factories import Factory
from tests.papers import child_here, fetcher
from tests.signing_in import Personas


@pytest.fixture
def child(make: Factory, personas: Personas) -> Registration:
    """A nine-year-old at an event of the host, whom 王奶奶 may fetch."""
    child = child_here(make, make.going_on(personas.host))
    fetcher(make, child)
    return child


def page(app: Flask, child: Registration) -> str:
    with app.app_context():
        return f"/desk/events/{db.session.get_one(Registration, child.id).slot.event_id}/collecting"


def rows(app: Flask) -> list[Collection]:
    with app.app_context():
        return db.session.query(Collection).all()


def test_one_tap_and_the_child_has_left(app: Flask, personas: Personas, child: Registration) -> None:
    shown = personas.staff.get(page(app, child)).text
    assert "何小苗" in shown
    assert "1234" in shown
    who = re.findall(r'name="collector" value="(\d+)"', shown)[0]
    typed = {"how": "named", "collector": who}
    answer = personas.staff.post(f"/desk/registrations/{child.id}/collection", data=typed)
    assert answer.status_code == 303
    assert "王奶奶" in personas.staff.get(page(app, child)).text
    assert [one.how for one in rows(app)] == ["named"]


@pytest.mark.parametrize("typed", [{}, {"how": "alone"}, {"how": "named", "collector": "999"}, {"how": "nonsense"}])
def test_what_no_guardian_has_entered_changes_nothing(
    app: Flask, personas: Personas, child: Registration, typed: dict[str, str]
) -> None:
    personas.staff.post(f"/desk/registrations/{child.id}/collection", data=typed)
    assert rows(app) == []


def test_it_is_taken_back(app: Flask, personas: Personas, child: Registration) -> None:
    personas.staff.post(f"/desk/registrations/{child.id}/collection", data={"how": "guardian"})
    (row,) = rows(app)
    assert personas.staff.post(f"/desk/collections/{row.id}/withdrawal").status_code == 303
    (row,) = rows(app)
    assert row.undone_at


def test_other_houses_find_nothing(app: Flask, personas: Personas, child: Registration) -> None:
    personas.staff.post(f"/desk/registrations/{child.id}/collection", data={"how": "guardian"})
    (row,) = rows(app)
    assert personas.outsider.get(page(app, child)).status_code == 404
    assert personas.outsider.post(f"/desk/registrations/{child.id}/collection").status_code == 404
    assert personas.outsider.post(f"/desk/collections/{row.id}/withdrawal").status_code == 404


def test_staff_reads_what_somebody_said_with_numbers_masked(
    app: Flask, make: Factory, personas: Personas, child: Registration
) -> None:
    make.do(_say_more, child.id)
    shown = personas.staff.get(f"/desk/registrations/{child.id}").text
    assert "古筝" in shown
    assert "****415" in shown
    assert "20230415" not in shown


def _say_more(registration_id: int) -> None:
    person = db.session.get_one(Registration, registration_id).person
    person.interests, person.student_no = "古筝", "20230415"
