"""Two who wait for each other on PostgreSQL, provoked: whoever has to step back is never answered with a 5xx."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select, text

from app.core.db import RERUNS_IN_A_CROWD, db
from app.events.models import Registration, Slot
from tests.factories import Factory
from tests.race.families import Answer, Family, Post, gather_families
from tests.servers import running

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])
WITHIN = 30.0  # seconds until the server must have come as far as the slot


def find_them_at_once(app: Flask) -> None:
    """Let PostgreSQL look for deadlocks after 300 ms in place of a second, in new connections of this database."""
    with app.app_context(), db.engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET deadlock_timeout = '300ms'"))


def stand_in_the_way(app: Flask, slot_id: int, person_id: int, times: int, ready: Event) -> int:
    """Hold a slot and, once somebody waits for it, ask for the person whom that one holds; return how often.

    It is never the one who steps back: it looks for no deadlocks by itself.
    """
    with app.app_context(), db.engine.connect() as ours, db.engine.connect() as watch:
        ours.execution_options(isolation_level="READ COMMITTED")
        ours.execute(text("SET LOCAL deadlock_timeout = '1h'"))
        ours.execute(text("SELECT id FROM slots WHERE id = :id FOR NO KEY UPDATE"), {"id": slot_id})
        ready.set()
        for _ in range(times):
            _wait_until_somebody_waits(watch)
            with ours.begin_nested() as savepoint:
                ours.execute(text("SELECT id FROM people WHERE id = :id FOR UPDATE"), {"id": person_id})
                savepoint.rollback()
    return times


def _wait_until_somebody_waits(watch: Connection) -> None:
    late = time.monotonic() + WITHIN
    blocked = "datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
    waiting = text(f"SELECT count(*) FROM pg_stat_activity WHERE {blocked}")
    while not watch.scalar(waiting):
        assert time.monotonic() < late, "nobody waits for the slot"
        time.sleep(0.002)


def sign_up(app: Flask, url: str, data: Path, family: Family, slot_id: int, deadlocks: int) -> list[Answer]:
    """Sign a family up while somebody provokes so many deadlocks, and once more when all is quiet."""
    ready = Event()
    find_them_at_once(app)
    with (
        running(url, data, app.config["SECRET_KEY"], processes=1) as server,
        ThreadPoolExecutor(1) as pool,
        closing(server.connect()) as line,
    ):
        other = pool.submit(stand_in_the_way, app, slot_id, family.person_ids[0], deadlocks, ready)
        assert ready.wait(WITHIN)
        post = Post(server)
        first = post.sign_up(line, family, slot_id)
        assert other.result(WITHIN) == deadlocks
        return [first, post.sign_up(line, family, slot_id)]


def people_in(app: Flask, slot_id: int) -> tuple[int, int | None]:
    """Return how many places are counted as taken, and how many registrations there are."""
    with app.app_context():
        rows = db.session.scalar(select(func.count()).where(Registration.slot_id == slot_id))
        return db.session.get_one(Slot, slot_id).taken, rows


def test_a_few_deadlocks_are_not_noticed(app: Flask, fresh_url: str, make: Factory, tmp_path: Path) -> None:
    slot, (family,) = make.slot(), gather_families(app, [2])
    answers = sign_up(app, fresh_url, tmp_path, family, slot.id, deadlocks=4)
    assert [answer.status for answer in answers] == [303, 303]
    assert people_in(app, slot.id) == (2, 2)


def test_too_many_deadlocks_are_answered_on_the_form_with_what_to_do(
    app: Flask, fresh_url: str, make: Factory, tmp_path: Path
) -> None:
    slot, (family,) = make.slot(), gather_families(app, [2])
    told, once_more = sign_up(app, fresh_url, tmp_path, family, slot.id, deadlocks=RERUNS_IN_A_CROWD + 1)
    assert told.status == 422
    assert "现在人很多。请再点一次，填的内容都在。" in told.page
    assert told.page.count(" checked ") == len(family.person_ids)
    assert once_more.status == 303
    assert people_in(app, slot.id) == (2, 2)
