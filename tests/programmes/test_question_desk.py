"""The organiser's editor of a programme's questions: the same pages as an event's, in the browser."""

import re

from flask import Flask

from app.core.db import db
from app.programmes.models import Programme
from app.questions.models import QuestionSet
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.signing_in import Personas

SHIRT = {"kind": "choice", "text": "T恤穿多大的？", "choices": "S\nM", "keep_days": "30", "is_required": "y"}
REASON = {"kind": "text", "text": "为什么想去？", "keep_days": "30"}


def asked(app: Flask, programme: Programme) -> list[str]:
    """Return what is asked now, in order."""
    with app.app_context():
        set_id = db.session.get_one(Programme, programme.id).question_set_id
        return [one.text for one in db.session.get_one(QuestionSet, set_id).asked] if set_id else []


def test_questions_are_put_in_order_looked_at_and_taken_away(app: Flask, personas: Personas, make: Factory) -> None:
    programme, browser = a_programme(make, personas.host), personas.staff
    desk = f"/desk/programmes/{programme.id}/questions"
    for typed in (SHIRT, REASON):
        assert browser.post(f"{desk}/new", data=typed).status_code == 303
    first, second = re.findall(rf'href="{desk}/(\d+)"', browser.get(desk).text)
    assert asked(app, programme) == ["T恤穿多大的？", "为什么想去？"]
    assert browser.post(f"{desk}/{first}/down").status_code == 303
    assert asked(app, programme) == ["为什么想去？", "T恤穿多大的？"]
    preview = browser.get(f"{desk}/preview").text
    assert "T恤穿多大的？" in preview
    assert "报名截止" not in preview
    assert browser.post(f"{desk}/{second}/up").status_code == 303
    assert browser.post(f"{desk}/{second}/removal").status_code == 303
    assert asked(app, programme) == ["T恤穿多大的？"]


def test_another_hosts_staff_finds_none_of_it(personas: Personas, make: Factory) -> None:
    programme = a_programme(make, make.organisation())
    for page in ("", "/new", "/preview"):
        assert personas.staff.get(f"/desk/programmes/{programme.id}/questions{page}").status_code == 404
