"""The pages of announcements ask the database as often for many rows as for one."""

from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.announcements.operations import Words
from app.events.models import Event
from tests import announced
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas

MOST = 15


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event with room for everybody."""
    return make.going_on(personas.host, capacity=100)


@pytest.fixture
def add_row(personas: Personas, make: Factory, event: Event) -> Callable[[], None]:
    """What signs a pupil up, of a class of its own, and tells everybody something urgent."""
    numbers = count(1)

    def add() -> None:
        number = next(numbers)
        announced.pupil(make, event, personas.school, f"高一（{number}）班")
        announced.told(make, event, Words(f"通知{number}", "内容", is_urgent=True))

    return add


def asked(app: Flask, client: FlaskClient, address: str) -> int:
    """Return how many statements a page takes."""
    with statements(app) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_many_rows_take_no_more_statements_than_one(
    app: Flask, personas: Personas, event: Event, add_row: Callable[[], None]
) -> None:
    of_event = f"/desk/events/{event.id}"
    pages = [
        (personas.staff, f"{of_event}/announcements"),
        (personas.staff, f"{of_event}/announcements/new"),
        (personas.staff, f"{of_event}/unseen"),
        (personas.staff, of_event),
        (personas.school_office, "/school/unseen"),
        (personas.school_office, f"/school/events/{event.id}/unseen"),
    ]
    add_row()
    for client, address in pages:
        client.get(address)
    before = {address: asked(app, client, address) for client, address in pages}
    for _ in range(12):
        add_row()
    assert {address: asked(app, client, address) for client, address in pages} == before
    assert {address: number for address, number in before.items() if number > MOST} == {}
