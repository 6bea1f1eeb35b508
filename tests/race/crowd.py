"""A thousand people who press the same button at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.people.ages import fourteen_on
from app.people.models import ActsFor, Person
from tests.servers import Server
from tests.sessions import COOKIE, Pass, open_sessions, session_of

AT_ONCE = 64
BORN_ON = date(2000, 5, 1)
Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


@dataclass(frozen=True)
class Client:
    """Somebody with an account, at the page where one signs up."""

    person_id: int
    session: Pass


def gather(app: Flask, how_many: int, first: int = 0) -> list[Client]:
    """Enter people with accounts, in bulk and past the operations: a thousand by password would take a minute.

    Their phones are numbered from ``first``."""
    at = now()
    with app.app_context(), db.engine.begin() as connection:
        accounts = [
            {
                "name": "林晓雨",
                "phone": f"199{number:08d}",
                "password_hash": "-",
                "created_at": at,
            }
            for number in range(first, first + how_many)
        ]
        names = {"name": "林晓雨", "name_pinyin": "linxiaoyu", "name_initials": "lxy"}
        person = names | {"born_on": BORN_ON, "fourteen_on": fourteen_on(BORN_ON), "created_at": at}
        users = _ids(connection, User, accounts)
        people = _ids(connection, Person, [person] * how_many)
        pairs = [{"user_id": user, "person_id": one} for user, one in zip(users, people, strict=True)]
        connection.execute(insert(ActsFor), [pair | {"relation": "self", "since": at} for pair in pairs])
    tokens = open_sessions(app, users)
    return [Client(one, session_of(app, token)) for token, one in zip(tokens, people, strict=True)]


def _ids(connection: object, model: type[User | Person], rows: Sequence[dict[str, object]]) -> list[int]:
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))  # type: ignore[attr-defined]


def sign_up(server: Server) -> Callable[[HTTPConnection, tuple[Client, int]], int]:
    """Return what a client does: send the form of a slot, and read the status of the answer."""

    def send(connection: HTTPConnection, wish: tuple[Client, int]) -> int:
        client, slot_id = wish
        path = f"/slots/{slot_id}/registration"
        form = urlencode({"csrf_token": client.session.csrf_token, "person_id": client.person_id})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{COOKIE}={client.session.cookie}",
            "Referer": server.url + path,
        }
        connection.request("POST", path, form, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return send


def at_once(
    server: Server, ask: Callable[[HTTPConnection, Asked], Answered], asked: Sequence[Asked], abreast: int = AT_ONCE
) -> list[Answered]:
    """Ask over that many connections that all start together; return the answers in the order of what was asked."""
    ready = Barrier(abreast)

    def stand_in_line(line: int) -> list[Answered]:
        connection = server.connect()
        try:
            connection.connect()
            ready.wait(30)
            return [ask(connection, one) for one in asked[line::abreast]]
        finally:
            connection.close()

    with ThreadPoolExecutor(abreast) as pool:
        lines = list(pool.map(stand_in_line, range(abreast)))
    return [lines[place % abreast][place // abreast] for place in range(len(asked))]
