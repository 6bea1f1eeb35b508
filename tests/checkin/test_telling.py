"""What staff puts right, the person is told; and a code can be sent once more."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.checkin import telling
from app.checkin.operations import correct
from app.checkin.problems import NoCodeNeeded
from app.core.clock import now
from app.events import announcing
from app.events.models import Registration
from app.messages.models import MessageKind
from tests.factories import Factory
from tests.letters import letters, said
from tests.signing_in import Personas

CODE, ANSWER = MessageKind.CODE, MessageKind.DISPUTE_ANSWERED


def put_right(make: Factory, registration: Registration, arrived_at: datetime | None, why: str = "签到表上有") -> None:
    """Put somebody's attendance right."""
    make.do(correct, registration.id, arrived_at, why, by=make.user().id, at=now())


def test_whoever_was_there_after_all_is_told_so(inside: Flask, make: Factory) -> None:
    registration = make.registration(make.going_on().slots[0])
    put_right(make, registration, now())
    body = said(registration.person_id, ANSWER).body
    assert "到场" in body.split("现在的记录：")[1].splitlines()[0]
    assert "说明：签到表上有" in body


def test_whoever_was_not_there_is_told_so(inside: Flask, make: Factory) -> None:
    registration = make.registration(make.going_on().slots[0])
    make.arrival(registration)
    put_right(make, registration, None, "认错人了")
    assert "现在的记录：未到场" in said(registration.person_id, ANSWER).body


def test_a_slip_that_is_taken_back_at_once_is_not_told(inside: Flask, make: Factory) -> None:
    registration = make.registration(make.going_on().slots[0])
    put_right(make, registration, now())
    put_right(make, registration, None, "点错了")
    assert list(letters(registration.person_id, ANSWER)) == []


def test_a_code_is_sent_once_more_and_not_twice_in_ten_minutes(inside: Flask, make: Factory) -> None:
    registration, at = make.registration(), datetime.fromisoformat("2026-11-22T08:00:00+00:00")
    sent = [make.do(telling.send_code, registration.id, at=at + timedelta(minutes=later)) for later in (0, 5, 10)]
    assert sent == [True, False, True]
    assert len(letters(registration.person_id, CODE)) == 2


def test_it_is_sent_with_the_way_to_the_code(inside: Flask, make: Factory) -> None:
    registration = make.registration()
    make.do(telling.send_code, registration.id, at=now())
    assert f"/registrations/{registration.id}" in said(registration.person_id, CODE).body


@pytest.mark.parametrize("state", ["held", "called off"])
def test_there_is_no_code_to_send_to_whoever_cannot_come(inside: Flask, make: Factory, state: str) -> None:
    event = make.event()
    registration = make.registration(event.slots[0], age=11 if state == "held" else 18)
    if state == "called off":
        make.do(announcing.cancel_event, event.id, "台风", by=make.user().id, at=now())
    with pytest.raises(NoCodeNeeded):
        make.do(telling.send_code, registration.id, at=now())


def test_staff_sends_a_code_and_sees_what_was_read(personas: Personas, make: Factory) -> None:
    user = make.user()
    registration = make.registration(make.event(personas.host).slots[0], user=user)
    address = f"/desk/registrations/{registration.id}"
    assert personas.staff.post(f"{address}/code").status_code == 303
    page = personas.staff.get(address).text
    assert "入场码已发到对方的消息里。" in page
    told = page.split("关于这次活动的消息")[1]
    assert told.index("入场码") < told.index("已报名")
    assert told.count("未读") == 2
    personas.staff.post(f"{address}/code")
    assert "刚刚已经发过了。" in personas.staff.get(address).text
    assert personas.outsider.post(f"{address}/code").status_code == 404


def test_staff_is_told_why_there_is_no_code(personas: Personas, make: Factory) -> None:
    child = make.registration(make.event(personas.host).slots[0], age=11)
    address = f"/desk/registrations/{child.id}"
    assert f'action="{address}/code"' not in personas.staff.get(address).text
    personas.staff.post(f"{address}/code")
    assert "没有可发的入场码" in personas.staff.get(address).text
