"""What organisers do when plans change, in the browser, and what everybody then reads."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core.clock import local, now
from app.core.db import db
from app.core.filters import moment
from app.events.models import Event, Slot
from app.events.plans import words_of
from tests.events.test_desk import WORDS
from tests.factories import Factory
from tests.signing_in import Personas

DAY = timedelta(days=1)


def typed(days: int) -> str:
    """Return nine o'clock some days from now, as the browser sends it."""
    return f"{local(now()) + timedelta(days=days):%Y-%m-%d}T09:00"


def test_a_postponed_event_says_so_wherever_it_is_read(app: Flask, personas: Personas, make: Factory) -> None:
    event, user = make.event(personas.host), make.user()
    registration = make.registration(event.slots[0], user=user)
    with app.test_request_context():
        before = moment(event.starts_at)
    address = f"/desk/events/{event.id}/postponement"
    assert personas.staff.get(address).status_code == 200
    answer = personas.staff.post(address, data={"starts_at": typed(9), "reason": "台风要来"})
    assert answer.status_code == 303
    young = personas.young(user)
    pages = [personas.anonymous.get(f"/events/{event.id}"), young.get("/mine"), personas.staff.get(answer.location)]
    pages.append(young.get(f"/registrations/{registration.id}"))
    for page in pages:
        assert "台风要来" in page.text
        assert f"原定 {before}" in page.text
    assert registration.code[:4] in pages[3].text
    assert "已改期" in personas.anonymous.get("/").text


def test_one_session_moves_and_the_other_stays(app: Flask, personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    other = make.slot(event, title="下午场")
    address = f"/desk/slots/{other.id}/postponement"
    assert "下午场" in personas.staff.get(address).text
    assert personas.staff.post(address, data={"starts_at": typed(9), "reason": "场地有事"}).status_code == 303
    with app.app_context():
        planned = {slot.title: slot.planned_at for slot in db.session.get_one(Event, event.id).slots}
    assert planned == {"上午场": None, "下午场": other.starts_at}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts_at": "", "reason": "台风"}, "starts_at"),
        ({"starts_at": "soon", "reason": "台风"}, "starts_at"),
        ({"starts_at": typed(-1), "reason": "台风"}, "starts_at"),
        ({"starts_at": typed(9), "reason": " "}, "reason"),
    ],
)
def test_a_move_that_cannot_be_is_refused_beside_the_field(
    app: Flask, personas: Personas, make: Factory, data: dict[str, str], field: str
) -> None:
    event = make.event(personas.host)
    for address in (f"/desk/events/{event.id}/postponement", f"/desk/slots/{event.slots[0].id}/postponement"):
        answer = personas.staff.post(address, data=data)
        assert answer.status_code == 422
        assert f'id="{field}-errors"' in answer.text
        assert data["reason"].strip() in answer.text
    with app.app_context():
        assert db.session.get_one(Slot, event.slots[0].id).starts_at == event.starts_at


def test_an_announcement_stands_on_the_page_until_it_is_taken_away(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    address = f"/desk/events/{event.id}/notice"
    assert personas.staff.post(address, data={"notice": "请穿雨鞋"}).status_code == 303
    assert "请穿雨鞋" in personas.anonymous.get(f"/events/{event.id}").text
    assert "请穿雨鞋</textarea>" in personas.staff.get(address).text
    assert personas.staff.post(address, data={"notice": "长" * 301}).status_code == 422
    assert personas.staff.post(address, data={"notice": ""}).status_code == 303
    assert "请穿雨鞋" not in personas.anonymous.get(f"/events/{event.id}").text


def test_the_rain_plan_is_switched_to_with_one_tap_and_back(personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    browser.post(f"/desk/events/{event.id}/edit", data=WORDS | {"rain_plan": "改在礼堂"})
    page = personas.anonymous.get(f"/events/{event.id}").text
    assert "改在礼堂" in page
    assert "已启用雨天方案" not in page
    for _ in range(2):
        assert browser.post(f"/desk/events/{event.id}/rain").status_code == 303
    assert "已启用雨天方案" in personas.anonymous.get(f"/events/{event.id}").text
    for _ in range(2):
        assert browser.post(f"/desk/events/{event.id}/rain/end").status_code == 303
    assert "已启用雨天方案" not in personas.anonymous.get(f"/events/{event.id}").text


def test_without_a_rain_plan_one_is_told_to_write_it(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    page = personas.staff.post(f"/desk/events/{event.id}/rain", follow_redirects=True).text
    assert "banner--bad" in page


def test_a_copy_is_made_for_another_day(app: Flask, personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    address = f"/desk/events/{event.id}/copy"
    assert browser.get(address).status_code == 200
    for day in ("20200101", "someday", "00010101", "99991231"):
        assert browser.post(address, data={"starts_at": day}).status_code == 422
    answer = browser.post(address, data={"starts_at": f"{local(now()) + 9 * DAY:%Y%m%d}"})
    assert answer.status_code == 303
    with app.app_context():
        copy = db.session.get_one(Event, int(answer.location.rsplit("/", 1)[1]))
        assert (copy.title, copy.is_published) == (event.title, False)


def test_a_draft_is_deleted_and_anything_else_stays(personas: Personas, make: Factory) -> None:
    browser = personas.staff
    draft = make.event(personas.host, is_published=False)
    answer = browser.post(f"/desk/events/{draft.id}/deletion")
    assert (answer.status_code, answer.location) == (303, "/desk/events")
    assert browser.post(f"/desk/events/{draft.id}/deletion").status_code == 404
    public = make.event(personas.host)
    assert "banner--bad" in browser.post(f"/desk/events/{public.id}/deletion", follow_redirects=True).text
    assert browser.get(f"/desk/events/{public.id}").status_code == 200


def test_another_host_changes_no_plans(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    acts = ("notice", "rain", "rain/end", "postponement", "copy", "deletion", "cancellation", "resumption")
    for act in acts:
        assert personas.outsider.post(f"/desk/events/{event.id}/{act}").status_code == 404
        assert personas.young().post(f"/desk/events/{event.id}/{act}").status_code == 403
    assert personas.outsider.post(f"/desk/slots/{event.slots[0].id}/postponement").status_code == 404


def test_the_organiser_reads_what_was_changed_and_by_whom(personas: Personas, make: Factory) -> None:
    event, browser = make.event(personas.host), personas.staff
    browser.post(f"/desk/events/{event.id}/edit", data=WORDS)
    page = browser.get(f"/desk/events/{event.id}").text
    assert "活动名称：古镇文化交流日 → 书香接力" in page
    assert "苏小禾" in page


def test_the_poster_leads_to_the_event(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host, title="书香接力")
    page = personas.staff.get(f"/desk/events/{event.id}/poster").text
    assert "书香接力" in page
    assert 'src="data:image/png;base64,' in page


def test_what_is_copied_for_the_class_chat_has_title_time_place_and_address(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    page = personas.staff.get(f"/desk/events/{event.id}").text
    copied = page.split('id="chat-text"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    assert copied.splitlines()[0] == words_of(event).title
    assert copied.endswith(f"/events/{event.id}")
