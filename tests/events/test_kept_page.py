"""An event's page is kept for everybody who is not signed in, and never a moment too long."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.db import db, transact
from app.events.models import Event
from app.events.planning import publish
from app.organisations.models import Organisation
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import signed_in


@pytest.fixture
def event(make: Factory) -> Event:
    """An event that people look at."""
    return make.event(title="清溪古镇文化日", capacity=9)


def page_of(client: FlaskClient, event: Event) -> str:
    return client.get(f"/events/{event.id}").text


def rename(model: type[Event] | type[Organisation], record_id: int, **values: object) -> None:
    record = db.session.get_one(model, record_id)
    for name, value in values.items():
        setattr(record, name, value)


def test_the_second_visitor_costs_one_statement(app: Flask, client: FlaskClient, event: Event) -> None:
    first = page_of(client, event)
    with statements(app) as collected:
        assert page_of(app.test_client(), event) == first
    assert len([one for one in collected if not one.startswith("BEGIN")]) == 1


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda make, event: make.registration(event.slots[0]), "已报 1 / 9"),
        (lambda make, event: make.do(rename, Event, event.id, title="改了名的活动"), "改了名的活动"),
        (lambda make, event: make.do(rename, Organisation, event.host_id, name="另一个主办单位"), "另一个主办单位"),
        (lambda make, event: make.slot(event, title="加开的一场"), "加开的一场"),
    ],
)
def test_a_change_is_seen_at_once(
    client: FlaskClient, make: Factory, event: Event, change: Callable[[Factory, Event], object], seen: str
) -> None:
    assert seen not in page_of(client, event).split("<main")[1].split("</main")[0]
    change(make, event)
    assert seen in page_of(client, event).split("<main")[1].split("</main")[0]


def test_each_language_has_its_own(client: FlaskClient, event: Event) -> None:
    assert '<html lang="zh-CN"' in page_of(client, event)
    client.get("/language/en")
    assert '<html lang="en"' in page_of(client, event)


def test_whoever_is_signed_in_gets_an_own_page_and_leaves_nothing_of_it_behind(
    app: Flask, client: FlaskClient, make: Factory, event: Event
) -> None:
    page_of(client, event)
    assert "尉迟若水" in page_of(signed_in(app, make.user("尉迟若水")), event)
    assert "尉迟若水" not in page_of(client, event)


def test_a_draft_is_kept_from_everybody(app: Flask, client: FlaskClient, make: Factory) -> None:
    draft = make.event(is_published=False)
    assert client.get(f"/events/{draft.id}").status_code == 404
    with app.app_context():
        transact(publish, draft.id, by=draft.created_by_id, at=now())
    assert client.get(f"/events/{draft.id}").status_code == 200


def test_what_stands_behind_the_address_is_in_nobody_elses_page(client: FlaskClient, event: Event) -> None:
    assert "somebody" in client.get(f"/events/{event.id}?from=somebody").text
    assert "somebody" not in page_of(client, event)
