"""Families who sign up together, answer offers and think better of it, all at the same moment."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from itertools import islice
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert, select, update

from app.core.clock import local, now
from app.core.db import db
from app.people.ages import fourteen_on
from app.people.models import ActsFor, Person
from tests.factories import born
from tests.race.crowd import Client, gather
from tests.servers import Server
from tests.sessions import COOKIE, Pass

AGAIN = "again"
_ACTS = ("acceptance", "acceptance", "declination", "cancellation", "party/cancellation", AGAIN, AGAIN)
_EVERY_THIRD_A_CHILD = 3
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What one request was answered."""

    status: int
    location: str | None
    page: str = field(default="", compare=False)


@dataclass(frozen=True)
class Errand:
    """What one client asks for, one request after the other."""

    session: Pass
    requests: list[tuple[str, dict[str, object]]]


@dataclass
class Family:
    """People for whom one account acts, and what it does once they are signed up."""

    person_ids: list[int]
    session: Pass
    acts: list[str] = field(default_factory=list)


def gather_families(app: Flask, sizes: Sequence[int], seed: int = 0) -> list[Family]:
    """Enter families of these sizes; every third person is a child whose place is held."""
    clients = gather(app, sum(sizes))
    chance, left = random.Random(seed), iter(clients)
    groups = [list(islice(left, size)) for size in sizes]
    with app.app_context(), db.engine.begin() as connection:
        users = {one.person_id: one.user_id for one in connection.execute(select(ActsFor.person_id, ActsFor.user_id))}
        connection.execute(insert(ActsFor), list(_children(groups, users)))
        child = {"born_on": born(10), "fourteen_on": fourteen_on(born(10))}
        ids = [one.person_id for one in clients[_EVERY_THIRD_A_CHILD - 1 :: _EVERY_THIRD_A_CHILD]]
        connection.execute(update(Person).where(Person.id.in_(ids)).values(child))
    acts = [chance.choices(_ACTS, k=4) for _ in groups]
    return [
        Family([one.person_id for one in group], group[0].session, some)
        for group, some in zip(groups, acts, strict=True)
    ]


def _children(groups: Sequence[Sequence[Client]], users: dict[int, int]) -> Iterator[dict[str, object]]:
    for first, *others in groups:
        for one in others:
            yield {"user_id": users[first.person_id], "person_id": one.person_id, "relation": "child", "since": now()}


class Post:
    """Somebody at a browser of a running program."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def send(self, connection: HTTPConnection, session: Pass, path: str, **typed: object) -> Answer:
        """Send a form and read the answer."""
        body = urlencode({"csrf_token": session.csrf_token, **typed}, doseq=True)
        headers = _FORM | {"Cookie": f"{COOKIE}={session.cookie}", "Referer": self._server.url + path}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        return Answer(answer.status, answer.getheader("Location"), page)

    def run(self, connection: HTTPConnection, errand: Errand) -> list[Answer]:
        """Send the forms of an errand."""
        return [self.send(connection, errand.session, path, **typed) for path, typed in errand.requests]

    def sign_up(self, connection: HTTPConnection, family: Family, slot_id: int) -> Answer:
        """Sign a whole family up."""
        return self.send(connection, family.session, f"/slots/{slot_id}/registration", person_id=family.person_ids)

    def live(self, connection: HTTPConnection, family: Family, slot_id: int) -> list[Answer]:
        """Sign a family up and do what it does then."""
        answers = [self.sign_up(connection, family, slot_id)]
        place = answers[0].location
        for act in family.acts:
            if act == AGAIN:
                answers.append(self.sign_up(connection, family, slot_id))
                place = answers[-1].location or place
            elif place:
                answers.append(self.send(connection, family.session, f"{place}/{act}"))
        return answers


def slot_form(starts: datetime, ends: datetime, capacity: int, *, smaller_may_pass: bool) -> dict[str, object]:
    """Return the organiser's form of the slot that is raced for, with another number of places."""
    moments = {
        "starts_at": starts,
        "ends_at": ends,
        "opens_at": starts.replace(year=starts.year - 1),
        "closes_at": starts,
    }
    typed: dict[str, object] = {name: f"{local(moment):%Y-%m-%dT%H:%M}" for name, moment in moments.items()}
    typed |= {"slot_title": "上午场", "form": "session", "slot_place": "", "capacity": capacity, "min_age": 6}
    typed |= {"max_age": 60, "way_in": "open", "has_waiting_list": "y", "largest_party": 6, "most_companions": 0}
    typed |= {"offer_hours": 24, "leave_hours": 0}
    return typed | ({"smaller_may_pass": "y"} if smaller_may_pass else {})
