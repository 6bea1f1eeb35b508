"""A thousand people, signed in, who press the button at the same moment: how long each of them waits for an answer."""

from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from app.core.db import db
from bench.load import Ask, at_once, request
from bench.statements import statements_of
from tests.factories import Factory
from tests.race.crowd import Client, gather
from tests.servers import Server
from tests.sessions import COOKIE

PEOPLE = 1000
PLACES = 600
TIMES = 3
_PHONES_FROM = 50_000_000  # behind those of everybody else
_PLACE, _REFUSAL = 303, 422


def measure(app: Flask, server: Server) -> dict[str, Any]:
    """Let all of them rush a slot of their own, three times: whoever comes late is refused, or stands in line where
    there is one. Times count from the moment at which everybody presses."""
    counted, *clients = gather(app, PEOPLE + 1, first=_PHONES_FROM)
    rushes = [asks(app, clients, has_waiting_list=bool(number % 2)) for number in range(TIMES)]
    statements = [statements_of(app, next(asks(app, [counted], has_waiting_list=False))) for _ in range(2)][-1]
    with app.app_context():
        db.engine.dispose()
    rounds = [at_once(server.port, list(rush)) for rush in rushes]
    times = quantiles(chain.from_iterable(one.milliseconds for one in rounds), n=100)
    seconds = sum(one.seconds for one in rounds)
    return {
        "name": "rush",
        "rate": round(TIMES * PEOPLE / seconds, 1),
        **{f"p{percent}_ms": round(times[percent - 1], 1) for percent in (50, 95, 99)},
        "seconds": round(seconds, 1),
        "statements": statements,
    }


def asks(app: Flask, clients: Sequence[Client], *, has_waiting_list: bool, places: int = PLACES) -> Iterator[Ask]:
    """Make a slot and return what each of these sends to sign up for it."""
    slot = Factory(app).slot(capacity=places, has_waiting_list=has_waiting_list, title="开放报名")
    return iter([_sign_up(client, slot.id) for client in clients])


def _sign_up(client: Client, slot_id: int) -> Ask:
    form = urlencode({"csrf_token": client.session.csrf_token, "person_id": client.person_id}).encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{COOKIE}={client.session.cookie}",
        "Accept-Language": "zh-CN",
    }
    return Ask(request("POST", f"/slots/{slot_id}/registration", headers, form), _PLACE, _REFUSAL)
