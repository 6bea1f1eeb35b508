"""Who did not come, for the host's staff; and forgiving it."""

from flask import Flask

from app.core.db import db
from app.events.models import Absence
from tests.factories import Factory
from tests.searches import searched
from tests.series_rows import series_rows
from tests.signing_in import Personas


def forgiven(app: Flask, place: int) -> str:
    """Return why an absence was forgiven, "" if it was not."""
    with app.app_context():
        return db.session.query(Absence).filter_by(registration_id=place).one().forgiven_why


def test_staff_look_for_absences_and_leave(make: Factory, personas: Personas) -> None:
    series_rows(make, personas.host, make.user())
    browser = personas.staff
    assert browser.get("/desk/absences").text.count(">何苗</a>") == 2
    assert browser.get("/desk/absences?view=asked").text.count(">何苗</a>") == 1
    assert "家里有事" in browser.get("/desk/absences?view=leave").text
    assert "何苗" not in browser.get("/desk/absences?view=forgiven").text
    assert searched(browser, "/desk/absences", "hm", view="x", after="x").text.count(">何苗</a>") == 2
    assert "没有找到" in searched(browser, "/desk/absences", "wang").text
    assert "何苗" not in personas.outsider.get("/desk/absences").text


def test_forgiving_needs_a_reason_and_is_remembered(app: Flask, make: Factory, personas: Personas) -> None:
    place, browser = series_rows(make, personas.host, make.user())["missed_place"], personas.staff
    page = f"/desk/registrations/{place}"
    assert "没来也没请假" in browser.get(page).text
    browser.post(f"{page}/forgiveness", data={"why": ""})
    assert forgiven(app, place) == ""
    for why in ("说明了情况", "再来一次"):
        answer = browser.post(f"{page}/forgiveness", data={"why": why})
        assert (answer.status_code, answer.location) == (303, page)
    assert forgiven(app, place) == "说明了情况"
    assert "已谅解" in browser.get(page).text


def test_another_host_finds_nothing_to_forgive(app: Flask, make: Factory, personas: Personas) -> None:
    place = series_rows(make, personas.host, make.user())["missed_place"]
    assert personas.outsider.post(f"/desk/registrations/{place}/forgiveness", data={"why": "好"}).status_code == 404
    assert forgiven(app, place) == ""


def test_what_was_not_missed_cannot_be_forgiven(make: Factory, personas: Personas) -> None:
    place = make.registration(make.slot(make.event(personas.host))).id
    browser = personas.staff
    assert browser.post(f"/desk/registrations/{place}/forgiveness", data={"why": "好"}).status_code == 303
    assert "没有缺席记录" in browser.get(f"/desk/registrations/{place}").text
