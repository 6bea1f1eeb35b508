"""Reading an event over before it is saved."""

import html
import re

from flask import Flask

from app.core.db import db
from app.events.models import Event
from tests.events.test_desk import SLOT, WORDS, event_in, number_of
from tests.factories import Factory
from tests.signing_in import Personas

SPIKED = WORDS | {"title": "<b>书香</b>", "summary": "第一行\n第二行", "rain_plan": "改在礼堂"}


def carried(page: str) -> dict[str, str]:
    """Return what the preview hands back when one of its buttons is pressed."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(text) for name, text in fields if name != "csrf_token"}


def test_a_change_is_shown_and_nothing_is_saved_until_one_says_so(
    app: Flask, personas: Personas, make: Factory
) -> None:
    event, browser = make.event(personas.host), personas.staff
    address = f"/desk/events/{event.id}/edit"
    shown = browser.post(address, data=SPIKED | {"preview": "1"})
    assert shown.status_code == 200
    assert "&lt;b&gt;书香&lt;/b&gt;" in shown.text
    assert "<p>第二行</p>" in shown.text
    assert "改在礼堂" in shown.text
    assert event_in(app, event.id)["title"] == "古镇文化交流日"
    assert browser.post(address, data=carried(shown.text)).status_code == 303
    with app.app_context():
        saved = db.session.get_one(Event, event.id)
        assert (saved.title, saved.summary, saved.rain_plan) == ("<b>书香</b>", "第一行\n第二行", "改在礼堂")


def test_going_back_shows_the_form_with_what_was_typed(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    address = f"/desk/events/{event.id}/edit"
    shown = browser.post(address, data=SPIKED | {"preview": "1"})
    back = browser.post(address, data=carried(shown.text) | {"back": "1"})
    assert back.status_code == 200
    assert 'value="&lt;b&gt;书香&lt;/b&gt;"' in back.text
    assert "-errors" not in back.text
    assert event_in(app, event.id)["title"] == "古镇文化交流日"


def test_a_new_event_is_shown_with_its_slot_and_no_row_is_made(app: Flask, personas: Personas) -> None:
    typed = SPIKED | SLOT | {"host_id": str(personas.host.id)}
    shown = personas.staff.post("/desk/events/new", data=typed | {"preview": "1"})
    assert shown.status_code == 200
    assert "周六上午" in shown.text
    assert number_of(app, Event) == 0
    assert personas.staff.post("/desk/events/new", data=carried(shown.text)).status_code == 303
    assert number_of(app, Event) == 1


def test_what_is_wrong_is_said_before_anything_is_shown(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    answer = personas.staff.post(f"/desk/events/{event.id}/edit", data=SPIKED | {"title": "", "preview": "1"})
    assert answer.status_code == 422
    assert 'id="title-errors"' in answer.text


def test_what_is_said_on_top_of_the_page_is_in_the_preview_too(personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    browser.post(f"/desk/events/{event.id}/notice", data={"notice": "请穿雨鞋"})
    shown = browser.post(f"/desk/events/{event.id}/edit", data=SPIKED | {"preview": "1"})
    assert "请穿雨鞋" in shown.text
