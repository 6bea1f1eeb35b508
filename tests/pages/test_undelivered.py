"""Whom a message about an event has not reached, and how to call them."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.messages.models import DeliveryState, Message
from app.messages.troubles import Trouble
from tests import undelivered
from tests.factories import Factory
from tests.letters import first_letter
from tests.signing_in import Personas


@dataclass(frozen=True)
class Untold:
    """Somebody who signed up for an event."""

    event_id: int
    person_id: int


@pytest.fixture
def untold(make: Factory, personas: Personas) -> Untold:
    """A place at an event of the host; nobody knows of it, as the text message failed."""
    event = make.event(personas.host)
    made = Untold(event.id, make.registration(event.slots[0], name="林晓雨").person_id)
    _fail(make, made)
    return made


def _fail(make: Factory, untold: Untold, state: DeliveryState = DeliveryState.FAILED) -> int:
    user = make.user("林妈妈", "13600000000" if state is DeliveryState.FAILED else None)
    letter = first_letter(make, untold.person_id)
    trouble = Trouble.NO_SUCH_ADDRESS if state is DeliveryState.FAILED else Trouble.UNKNOWN
    address = undelivered.NUMBER if state is DeliveryState.FAILED else "other@example.cn"
    return undelivered.delivery(make, letter, user.id, state, trouble, address)


def desk(untold: Untold) -> str:
    """Return the address of the event's page."""
    return f"/desk/events/{untold.event_id}"


def change_message(make: Factory, untold: Untold, **values: object) -> None:
    """Let something happen to the messages of a person."""
    theirs = update(Message).where(Message.person_id == untold.person_id)
    make.do(lambda: db.session.execute(theirs.values(values)))


def test_the_event_s_page_says_how_many_and_leads_there(personas: Personas, untold: Untold) -> None:
    page = personas.staff.get(desk(untold)).text
    assert "有消息没发到：1 人" in page
    assert f"{desk(untold)}/undelivered" in page


def test_it_says_who_and_why_and_no_whole_number(personas: Personas, untold: Untold) -> None:
    page = personas.staff.get(f"{desk(untold)}/undelivered").text
    assert "林晓雨" in page
    assert "这个号码或邮箱不存在。" in page
    assert "136****0000" in page
    assert "13600000000" not in page


def test_whoever_asks_for_the_numbers_sees_them_and_that_is_written_down(
    app: Flask, personas: Personas, untold: Untold
) -> None:
    answer = personas.staff.post(f"{desk(untold)}/undelivered/phones")
    assert answer.status_code == 303
    page = personas.staff.get(answer.location)
    assert 'href="tel:13600000000"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "13600000000" not in personas.manager.get(answer.location).text
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "undelivered"))
        assert (entry.action, entry.record_id, entry.people) == ("phones", untold.event_id, 1)


def test_whoever_read_it_in_the_inbox_or_was_told_or_has_it_by_mail_is_not_listed(
    personas: Personas, make: Factory, untold: Untold
) -> None:
    address = f"{desk(untold)}/undelivered"
    for happened in ({"read_at": now()}, {"told_at": now()}):
        change_message(make, untold, **happened)
        assert "都发到了" in personas.staff.get(address).text
        change_message(make, untold, read_at=None, told_at=None)
        assert "林晓雨" in personas.staff.get(address).text
    _fail(make, untold, DeliveryState.SENT)
    assert "都发到了" in personas.staff.get(address).text
    assert "有消息没发到" not in personas.staff.get(desk(untold)).text


def test_another_host_s_staff_finds_nothing(personas: Personas, untold: Untold) -> None:
    assert personas.outsider.get(f"{desk(untold)}/undelivered").status_code == 404
    assert personas.outsider.post(f"{desk(untold)}/undelivered/phones").status_code == 404
