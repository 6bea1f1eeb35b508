"""Eight phones at the door that scan the same people at the same moment, over HTTP, against four processes."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.checkin.models import Attendance, Scan
from app.checkin.operations import open_device
from app.core.clock import now
from app.core.db import db
from app.events.models import Event, Registration
from tests.factories import Factory
from tests.race.crowd import at_once
from tests.servers import Server, running

DEVICES = 8
ROUNDS = 5


@dataclass(frozen=True)
class Door:
    """An event that goes on, with a running server and its devices' tokens."""

    app: Flask
    server: Server
    event: Event
    tokens: list[str]

    def report(self, batches: list[list[dict[str, Any]]]) -> list[tuple[int, Any]]:
        """Let each device send its batch, all at once; return the statuses and answers."""
        return at_once(self.server, self._send, list(zip(self.tokens, batches, strict=True)), DEVICES)

    def _send(self, connection: HTTPConnection, asked: tuple[str, list[dict[str, Any]]]) -> tuple[int, Any]:
        token, scans = asked
        body = json.dumps({"device_time": now().isoformat(), "counts": True, "scans": scans})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        connection.request("POST", f"/api/v1/events/{self.event.id}/scans", body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def arrived_at(self, registration: Registration) -> list[datetime]:
        """Return the moments at which a person is held to have arrived: one, or none."""
        found = select(Attendance.arrived_at).where(Attendance.registration_id == registration.id)
        with self.app.app_context():
            return list(db.session.scalars(found))

    def earliest(self, registration: Registration) -> datetime | None:
        """Return when a person was first scanned, whoever reported that when."""
        found = select(func.min(Scan.happened_at)).where(Scan.registration_id == registration.id)
        with self.app.app_context():
            return db.session.scalar(found)


@contextmanager
def door(app: Flask, url: str, make: Factory, data: Path) -> Iterator[Door]:
    """Open the door of an event with eight devices."""
    host = make.organisation()
    event, opener = make.going_on(host, capacity=200), make.member(host)
    opened_at = now() - timedelta(minutes=50)
    tokens = [make.do(open_device, event.id, by=opener.id, at=opened_at)[1] for _ in range(DEVICES)]
    with running(url, data, app.config["SECRET_KEY"], processes=4) as server:
        yield Door(app, server, event, tokens)


def scan(registration: Registration, minutes_ago: int) -> dict[str, Any]:
    """Return a scan of a code as a phone reports it."""
    at = now() - timedelta(minutes=minutes_ago)
    return {"id": str(uuid4()), "code": registration.code, "scanned_at": at.isoformat(), "source": "camera"}


def verdicts(answers: list[tuple[int, Any]]) -> Counter[str]:
    """Return how often each verdict was given."""
    return Counter(result["verdict"] for _, answer in answers for result in answer["results"])


@pytest.fixture
def deadlocks(engine: str, app: Flask) -> Iterator[None]:
    """Check afterwards that PostgreSQL met no deadlock: `transact` runs again after one, so no answer shows it."""
    yield
    if engine == "postgresql":
        counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        with app.app_context():
            assert db.session.scalar(counted) == 0


@pytest.mark.usefixtures("deadlocks")
def test_eight_devices_that_scan_one_code_at_once_make_one_arrival_the_earliest(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    with door(app, fresh_url, make, tmp_path) as gate:
        for _ in range(ROUNDS):
            registration = make.registration(gate.event.slots[0])
            ages = random.sample(range(1, 45), DEVICES)
            answers = gate.report([[scan(registration, age)] for age in ages])
            assert {status for status, _ in answers} == {200}
            assert verdicts(answers) == {"arrived": 1, "already": DEVICES - 1}
            (arrived_at,) = gate.arrived_at(registration)
            assert arrived_at == gate.earliest(registration)
            assert abs(arrived_at - (now() - timedelta(minutes=max(ages)))) < timedelta(minutes=1)


@pytest.mark.usefixtures("deadlocks")
def test_batches_of_the_same_people_in_different_order_all_settle(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    with door(app, fresh_url, make, tmp_path) as gate:
        people = [make.registration(gate.event.slots[0]) for _ in range(40)]
        for _ in range(ROUNDS):
            answers = gate.report(
                [[scan(one, random.randrange(1, 45)) for one in random.sample(people, 30)] for _ in range(DEVICES)]
            )
            assert {status for status, _ in answers} == {200}
        assert {len(answer["results"]) for _, answer in answers} == {30}
        assert all(gate.arrived_at(one) == [gate.earliest(one)] for one in people)
        assert answers[0][1]["counts"]["registered"] == len(people)
