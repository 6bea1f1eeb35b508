"""Where no script runs, a typed code is posted: it stands in no address, and is checked in at once."""

import re

from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import Attendance
from app.core.db import db
from tests.factories import Factory
from tests.signing_in import Personas


def arrived(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Attendance.id))) or 0


def test_the_form_of_the_scanner_posts_the_code(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    page = personas.staff.get(f"/desk/events/{event.id}/scanner").text
    assert re.search(rf'<form method="post" action="/desk/events/{event.id}/codes" data-form="typed"', page)


def test_a_typed_code_checks_in_and_twice_is_once(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    one = make.registration(event.slots[0])
    typed = {"code": " ".join(re.findall("....", one.code.lower()))}
    for _twice in range(2):
        answer = personas.staff.post(f"/desk/events/{event.id}/codes", data=typed)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/registrations/{one.id}")
    assert arrived(app) == 1


def test_another_events_code_and_what_is_none_check_nobody_in(app: Flask, personas: Personas, make: Factory) -> None:
    event, other = make.going_on(personas.host), make.registration(make.going_on(personas.host).slots[0])
    for code in (other.code, "好", ""):
        answer = personas.staff.post(f"/desk/events/{event.id}/codes", data={"code": code}, follow_redirects=True)
        assert "这不是本活动的入场码" in answer.text
    assert arrived(app) == 0


def test_nobody_else_types_codes(personas: Personas, make: Factory) -> None:
    event = make.going_on(personas.host)
    assert personas.outsider.post(f"/desk/events/{event.id}/codes", data={"code": "x"}).status_code == 404
    assert personas.school_office.post(f"/desk/events/{event.id}/codes", data={"code": "x"}).status_code == 403
