"""The organiser ticks people and does something to all of them: the forms, the reason, the banner, taking it back."""

import re

import pytest
from werkzeug.test import TestResponse

from app.core.searching import sealed_word
from app.events.models import Event, Registration, WayIn
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event whose host decides."""
    return make.event(personas.host, way_in=WayIn.APPROVAL, capacity=2, has_waiting_list=True)


def sent(personas: Personas, event: Event, people: list[Registration], **more: str) -> TestResponse:
    """Tick people and press a button."""
    ticked = {"registration": [str(one.id) for one in people], "page": "p", "view": "applied"}
    return personas.staff.post(f"/desk/events/{event.id}/registrations/acts", data=ticked | more)


def shown(personas: Personas, answer: TestResponse) -> str:
    """Return the page that an answer leads to."""
    assert answer.status_code == 303
    return personas.staff.get(answer.location).text


def test_those_ticked_are_approved_and_the_page_says_so_in_words(
    personas: Personas, make: Factory, event: Event
) -> None:
    people = [make.registration(event.slots[0]) for _ in range(3)]
    page = shown(personas, sent(personas, event, people, act="approve"))
    assert "通过 3 人，其中 1 人排进候补" in page
    assert "撤销" in page


def test_an_act_is_taken_back_from_the_banner_and_twice_is_once(
    personas: Personas, make: Factory, event: Event
) -> None:
    person = make.registration(event.slots[0])
    page = shown(personas, sent(personas, event, [person], act="approve"))
    (back,) = re.findall(r'action="(/desk/acts/\d+/withdrawal)"', page)
    for _ in range(2):
        assert "已撤销，1 人恢复原样。" in shown(personas, personas.staff.post(back))
    assert personas.outsider.post(back).status_code == 404


def test_a_refusal_asks_for_the_reason_and_keeps_what_was_typed(
    personas: Personas, make: Factory, event: Event
) -> None:
    person = make.registration(event.slots[0], name="曾晓雨")
    asked = sent(personas, event, [person], act="refuse")
    assert asked.status_code == 200
    assert "曾晓雨" in asked.text
    empty = sent(personas, event, [], act="refuse", chosen=str(person.id), sure="1", preset="own", reason="")
    assert empty.status_code == 422
    assert "请写明原因" in empty.text
    done = sent(personas, event, [], act="refuse", chosen=str(person.id), sure="1", preset="0", reason="下次早点报。")
    assert "婉拒 1 人" in shown(personas, done)
    page = personas.staff.get(f"/desk/registrations/{person.id}").text
    assert "婉拒：这次报名的人多，名额不够。 下次早点报。" in page


def test_people_are_moved_to_another_slot_of_the_event(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    afternoon, person = make.slot(event, title="下午场"), make.registration(event.slots[0])
    assert sent(personas, event, [person], act="move", sure="1").status_code == 422
    done = sent(personas, event, [person], act="move", sure="1", slot_id=str(afternoon.id), view="all")
    assert "移到“下午场” 1 人" in shown(personas, done)


def test_a_slot_of_another_event_is_no_choice(personas: Personas, make: Factory, event: Event) -> None:
    person, stranger = make.registration(event.slots[0]), make.slot()
    assert sent(personas, event, [person], act="move", sure="1", slot_id=str(stranger.id)).status_code == 422


def test_all_that_match_can_be_meant_at_once(personas: Personas, make: Factory, event: Event) -> None:
    for name in ("曾晓雨", "王芳"):
        make.registration(event.slots[0], name=name)
    with personas.app.app_context():
        word = sealed_word("王")
    page = shown(personas, sent(personas, event, [], act="approve", everyone="1", q=word))
    assert "通过 1 人" in page


def test_nobody_ticked_is_said(personas: Personas, event: Event) -> None:
    assert "请至少勾选一个人。" in shown(personas, sent(personas, event, [], act="approve"))


def test_a_message_goes_to_those_ticked_whatever_their_state(personas: Personas, make: Factory, event: Event) -> None:
    people = [make.registration(event.slots[0]) for _ in range(2)]
    page = shown(personas, sent(personas, event, people, act="message"))
    assert "只发给名单上勾选的 2 人" in page
    assert ">2 人<" in page


def test_only_staff_of_the_host_decides(personas: Personas, make: Factory, event: Event) -> None:
    address, person = f"/desk/events/{event.id}/registrations/acts", make.registration(event.slots[0])
    assert personas.outsider.post(address, data={"registration": person.id, "act": "approve"}).status_code == 404
    assert personas.young().post(address, data={"registration": person.id, "act": "approve"}).status_code == 403


def test_the_line_is_listed_in_order_with_positions_and_offers_with_their_end(
    personas: Personas, make: Factory
) -> None:
    event = make.event(personas.host, capacity=1, has_waiting_list=True)
    slot = event.slots[0]
    first = make.registration(slot)
    for name in ("曾晓雨", "王芳"):
        make.registration(slot, name=name)
    page = personas.staff.get(f"/desk/events/{event.id}/registrations?view=waiting").text
    assert re.findall(r"候补第 (\d) 位", page) == ["1", "2"]
    assert page.index("曾晓雨</a>") < page.index("王芳</a>")
    sent(personas, event, [first], act="cancel", sure="1", preset="1")
    offered = personas.staff.get(f"/desk/events/{event.id}/registrations?view=offered").text
    assert "曾晓雨</a>" in offered
    assert re.search(r"\d\d:\d\d 前", offered)
