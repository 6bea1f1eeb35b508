"""What is called off asks nothing of guardians, and nobody has to call them about it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.events.announcing import cancel_event
from app.events.models import Event
from tests.consents import guardian_places
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def event(make: Factory, personas: Personas) -> Event:
    """An event of the host."""
    return make.event(personas.host)


@pytest.fixture
def places(make: Factory, event: Event) -> dict[str, str]:
    """A link that asks about a place of it, and the page of whoever has answered."""
    return guardian_places(make, event, make.user("林建国"), make.school())


def call_off(make: Factory, event: Event) -> None:
    make.do(cancel_event, event.id, "台风", by=make.user().id, at=now())


def test_the_link_says_so_and_takes_no_answer(
    app: Flask, client: FlaskClient, make: Factory, event: Event, places: dict[str, str]
) -> None:
    address = f"/G/{places['guardian_link']}"
    assert 'id="answer"' in client.get(address).text
    call_off(make, event)
    page = client.get(address).text
    assert "已取消，不用回复了" in page and 'id="answer"' not in page
    assert client.post(address, data={"name": "何建平"}).status_code == 200


def test_the_private_page_says_so_and_promises_no_call(
    client: FlaskClient, make: Factory, event: Event, places: dict[str, str]
) -> None:
    address = f"/G/{places['guardian_page']}"
    assert "您什么都不用做" not in client.get(address).text
    call_off(make, event)
    assert "您什么都不用做" in client.get(address).text


def test_nobody_is_to_be_called_about_it(
    make: Factory, personas: Personas, event: Event, places: dict[str, str]
) -> None:
    address = f"/desk/events/{event.id}/guardians"
    assert "何小禾" in personas.staff.get(address).text
    call_off(make, event)
    assert "何小禾" not in personas.staff.get(address).text
