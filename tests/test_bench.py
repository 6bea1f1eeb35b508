"""What is measured is the real thing, and it costs no more questions than was promised."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import Attendance
from app.core.db import db
from app.events.models import Registration
from bench import load, rows, rush
from bench.statements import statements_of
from tests.factories import Factory
from tests.race.crowd import gather

SMALL = rows.Size(doors=1, at_a_door=6, newcomers=3)
STATEMENTS = {"scans": 6, "sign_ups": 5, "pages": 1}
MOST_IN_THE_RUSH = 12


@pytest.mark.parametrize("what", STATEMENTS)
def test_no_more_statements_than_promised(app: Flask, what: str) -> None:
    asks = getattr(rows.build(app, SMALL), what)
    statements_of(app, next(asks))  # the first one of a process draws the page, and reads what every footer says
    assert statements_of(app, next(asks)) <= STATEMENTS[what]


@pytest.mark.parametrize("has_waiting_list", [False, True])
@pytest.mark.parametrize("places", [3, 1], ids=["places for all", "full after the first"])
def test_a_sign_up_in_the_rush_needs_no_more_than_twelve_statements(
    places: int, has_waiting_list: bool, app: Flask
) -> None:
    """Whatever becomes of it: a place, a stand in line, or a refusal with its page."""
    asks = list(rush.asks(app, gather(app, 3), has_waiting_list=has_waiting_list, places=places))
    first, second, third = (statements_of(app, ask) for ask in asks)
    assert first  # of its process: it reads what is then kept
    assert second <= MOST_IN_THE_RUSH
    assert third <= MOST_IN_THE_RUSH


def test_what_is_measured_really_happens(app: Flask) -> None:
    county = rows.build(app, SMALL)
    for asks in (county.scans, county.sign_ups, county.first_sign_ups):
        statements_of(app, next(asks))
    with app.app_context():
        assert db.session.scalar(select(func.count(Attendance.id))) == 1 + SMALL.at_a_door // 6
        assert db.session.scalar(select(func.count(Registration.id))) == SMALL.at_a_door + 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_answer_than_expected_is_no_measurement(app: Flask, make: Factory) -> None:
    nothing = load.Ask(load.request("GET", "/events/1", {}), 200)
    with pytest.raises(load.WrongAnswer):
        statements_of(app, nothing)


def test_a_round_says_how_many_a_second_and_how_long_each_took() -> None:
    measured = load.Round(seconds=2.0, milliseconds=[float(one) for one in range(1, 101)])
    assert measured.rate == 50
    assert measured.percentile(50) == pytest.approx(50.5)
    assert measured.percentile(95) == pytest.approx(95.95)


def test_a_request_goes_over_the_wire_as_it_was_written() -> None:
    body = json.dumps({"a": 1}).encode()
    wire = load.request("POST", "/x", {"Accept": "text/html"}, body)
    assert wire == b"POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 8\r\nAccept: text/html\r\n\r\n" + body
