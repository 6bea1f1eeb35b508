"""Before lots are drawn nobody has a place: cards say how many places there are, and how many have applied."""

from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import now
from app.events.registration.operations import cancel
from tests.counting import statements
from tests.events.ways.lotteries import apply, draw, lottery_slot
from tests.factories import Factory
from tests.signing_in import Personas


def card(page: str) -> str:
    """Return the words of a page about places."""
    return "".join(part.split("</p>")[0] for part in page.split('class="places__words">')[1:])


def test_the_page_counts_those_who_applied_until_lots_are_drawn(client: FlaskClient, make: Factory) -> None:
    slot = lottery_slot(make)
    address = f"/events/{slot.event_id}"
    assert "份报名" not in card(client.get(address).text)
    (one,) = apply(make, slot)
    apply(make, slot, 2)
    assert "2 个名额，抽签决定" in card(client.get(address).text)
    assert "目前有 2 份报名" in card(client.get(address).text)
    make.do(cancel, one.id, by=one.registered_by_id, at=now())
    assert "目前有 1 份报名" in card(client.get(address).text)
    draw(make, slot)
    assert "2 / 2" in card(client.get(address).text)


def test_whoever_comes_next_still_costs_one_statement(app: Flask, client: FlaskClient, make: Factory) -> None:
    slot = lottery_slot(make)
    apply(make, slot)
    client.get(f"/events/{slot.event_id}")
    with statements(app) as collected:
        client.get(f"/events/{slot.event_id}")
    assert len([one for one in collected if not one.startswith("BEGIN")]) == 1


def test_its_organiser_and_the_list_of_events_read_the_same(personas: Personas, make: Factory) -> None:
    event = make.event(personas.host)
    slot = lottery_slot(make, event)
    apply(make, slot)
    assert "目前有 1 份报名" in card(personas.staff.get(f"/desk/events/{event.id}").text)
    lottery_slot(make, title="只有抽签的一场")
    assert "2 个名额，抽签决定" in card(personas.anonymous.get("/").text)
