"""A county in which a great many people are about to do the same thing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert, select, text, update

from app.checkin.models import Attendance, Scan, Source, Verdict
from app.core.clock import local_day, now
from app.core.codes import new_code
from app.core.db import db
from app.events.models import Event, Registration, Slot
from app.people.ages import fourteen_on
from bench.load import Ask, request
from tests.factories import PASSWORD, Factory
from tests.race.crowd import BORN_ON, Client, gather
from tests.sessions import COOKIE, session_of

_DEVICES = 4  # at each door
_COUNTED = 5  # one scan in so many asks for the head counts, as from a phone that scans somebody every two seconds
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Size:
    """How many doors, how many people before each (the field's largest event has 600), and how many want to join."""

    doors: int = 140
    at_a_door: int = 600
    newcomers: int = 45_000


@dataclass(frozen=True)
class County:
    """What there is to ask for; each request can be sent once, those for pages over and over."""

    scans: Iterator[Ask]
    sign_ups: Iterator[Ask]
    first_sign_ups: Iterator[Ask]
    pages: Iterator[Ask]


def build(app: Flask, size: Size) -> County:
    """Fill a database: doors with people before them, an event of four slots that many want to join, whichever, and
    people with accounts."""
    make = Factory(app)
    clients = gather(app, size.at_a_door + size.newcomers)
    doors = [make.going_on(capacity=size.at_a_door) for _ in range(size.doors)]
    popular = make.event(capacity=100_000, title="大家都想参加的活动")
    for _ in range(3):
        make.slot(popular)
    codes = [_fill(app, event, clients[: size.at_a_door]) for event in doors]
    tokens = [[make.device(event)[1] for _ in range(_DEVICES)] for event in doors]
    for event in doors:
        _let_some_in(app, event, size.at_a_door // 6)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))  # as a database that has been running for a day has done by itself
    slots = [slot.id for slot in popular.slots]
    return County(
        scans=_scans(doors, codes, tokens),
        sign_ups=iter([_sign_up(*one) for one in zip(clients[size.at_a_door :], cycle(slots))]),
        first_sign_ups=_first_sign_ups(app, slots),
        pages=cycle([Ask(request("GET", f"/events/{popular.id}", {"Accept-Language": "zh-CN"}), 200)]),
    )


def _fill(app: Flask, event: Event, clients: list[Client]) -> list[str]:
    slot, at = event.slots[0], now()
    row = {
        "slot_id": slot.id,
        "fourteen_on": fourteen_on(BORN_ON),
        "registered_on": local_day(at),
        "registered_at": at - timedelta(days=2),
        "registered_by_id": event.created_by_id,
        "state": "confirmed",
        "class_name": "高二（3）班",
    }
    rows = [row | {"person_id": client.person_id, "code": new_code()} for client in clients]
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(insert(Registration), rows)
        connection.execute(update(Slot).where(Slot.id == slot.id).values(taken=len(rows)))
    return [one["code"] for one in rows]


def _let_some_in(app: Flask, event: Event, how_many: int) -> None:
    """Let the first have arrived, so that the database knows these tables as they are, and not as empty ones."""
    first = select(Registration.id).where(Registration.slot_id == event.slots[0].id).order_by(Registration.id)
    scan = {
        "event_id": event.id,
        "user_id": event.created_by_id,
        "source": Source.STAFF,
        "verdict": Verdict.ARRIVED,
        "happened_at": now(),
        "received_at": now(),
    }
    with app.app_context(), db.engine.begin() as connection:
        ids = connection.scalars(first.limit(how_many)).all()
        connection.execute(insert(Scan), [scan | {"key": uuid4(), "registration_id": one} for one in ids])
        arrived = {"event_id": event.id, "arrived_at": now()}
        connection.execute(insert(Attendance), [arrived | {"registration_id": one} for one in ids])


def _scans(doors: list[Event], codes: list[list[str]], tokens: list[list[str]]) -> Iterator[Ask]:
    """Yield one scan of each person who is still outside, the doors and their devices taking turns."""
    for place in range(len(codes[0]) // 6, len(codes[0])):
        for event, of_event, at_door in zip(doors, codes, tokens, strict=True):
            yield _scan(event.id, of_event[place], at_door[place % _DEVICES], is_counted=place % _COUNTED == 0)


def _scan(event_id: int, code: str, token: str, *, is_counted: bool) -> Ask:
    moment = now().isoformat()
    scan = {"id": str(uuid4()), "code": code, "scanned_at": moment, "source": "camera"}
    body = json.dumps({"device_time": moment, "counts": is_counted, "scans": [scan]}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept-Language": "zh-CN"}
    return Ask(request("POST", f"/api/v1/events/{event_id}/scans", headers, body), 200)


def _sign_up(client: Client, slot_id: int) -> Ask:
    form = urlencode({"csrf_token": client.session.csrf_token, "person_id": client.person_id}).encode()
    headers = _FORM | {"Cookie": f"{COOKIE}={client.session.cookie}", "Accept-Language": "zh-CN"}
    return Ask(request("POST", f"/slots/{slot_id}/registration", headers, form), 303)


def _first_sign_ups(app: Flask, slots: list[int]) -> Iterator[Ask]:
    """Yield people who were never here: each opens an account, which hashes a password."""
    nobody = session_of(app, "")
    for number in range(100_000):
        typed = {
            "csrf_token": nobody.csrf_token,
            "name": "林晓雨",
            "born_on": f"{BORN_ON:%Y%m%d}",
            "school_id": "none",
            "class_name": "",
            "phone": f"187{number:08d}",
            "password": PASSWORD,
        }
        headers = _FORM | {"Cookie": f"{COOKIE}={nobody.cookie}", "Accept-Language": "zh-CN"}
        path = f"/slots/{slots[number % len(slots)]}/registration/self"
        yield Ask(request("POST", path, headers, urlencode(typed).encode()), 303)
