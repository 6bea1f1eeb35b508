"""A thousand sign-ups at once, over HTTP, against four processes of the real program."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.core.db import db
from app.events.models import PLACED as ACTIVE
from app.events.models import Registration, Slot
from tests.factories import Factory
from tests.race.crowd import AT_ONCE, Client, at_once, gather, sign_up
from tests.servers import running

ASKED = 1000
PROCESSES = 4
GUARDED, UNGUARDED = "wsgi:app", "tests.race.unguarded:app"


def rush(
    app: Flask,
    url: str,
    data: Path,
    wishes: Sequence[tuple[Client, int]],
    *,
    abreast: int = AT_ONCE,
    program: str = GUARDED,
) -> list[int]:
    """Let clients sign up for slots at once and return the statuses they were answered."""
    with running(url, data, app.config["SECRET_KEY"], processes=PROCESSES, program=program) as server:
        return at_once(server, sign_up(server), wishes, abreast)


def holders(app: Flask, slot_id: int) -> list[int]:
    """Return whose places in a slot are active, each person as often as there are places."""
    found = select(Registration.person_id).where(Registration.slot_id == slot_id, Registration.state.in_(ACTIVE))
    with app.app_context():
        return list(db.session.scalars(found))


def taken(app: Flask, slot_id: int) -> int:
    """Return how many places are counted as taken."""
    with app.app_context():
        return db.session.get_one(Slot, slot_id).taken


@pytest.mark.parametrize("capacity", [1, 300, 1000])
def test_a_thousand_at_once_get_exactly_the_places_there_are(
    capacity: int, app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    slot = make.slot(capacity=capacity)
    clients = gather(app, ASKED)
    answers = rush(app, fresh_url, tmp_path, [(client, slot.id) for client in clients])
    told_yes = [client.person_id for client, status in zip(clients, answers, strict=True) if status == 303]
    assert Counter(answers) == Counter({303: capacity, 422: ASKED - capacity})
    assert sorted(holders(app, slot.id)) == sorted(told_yes)
    assert taken(app, slot.id) == capacity


def test_twenty_taps_at_once_make_one_registration(app: Flask, fresh_url: str, make: Factory, tmp_path: Path) -> None:
    slot = make.slot()
    (client,) = gather(app, 1)
    answers = rush(app, fresh_url, tmp_path, [(client, slot.id)] * 20, abreast=20)
    assert set(answers) == {303}
    assert holders(app, slot.id) == [client.person_id]
    assert taken(app, slot.id) == 1


@pytest.mark.parametrize("engine", ["postgresql"])
def test_without_the_guard_the_same_rush_oversells(app: Flask, fresh_url: str, make: Factory, tmp_path: Path) -> None:
    """The control: such a rush does notice. Both guards are out, the condition of the UPDATE and the CHECK.

    On PostgreSQL only: SQLite has one writer at a time and ours begins as one, so that counting first and adding
    after is safe there by the engine alone.
    """
    slot = make.slot(capacity=5)
    clients = gather(app, AT_ONCE)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE slots DROP CONSTRAINT ck_slots_never_oversold"))
    answers = rush(app, fresh_url, tmp_path, [(client, slot.id) for client in clients], program=UNGUARDED)
    sold = holders(app, slot.id)
    assert set(answers) <= {303, 422}
    assert len(sold) > 5
