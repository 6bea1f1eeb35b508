"""Looking among twenty thousand events is answered from an index, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, insert, text

from app.core.access import Principal, Role
from app.core.clock import now
from app.core.db import db, transact
from app.core.search_keys import initials, pinyin, written
from app.events.desk_search import read_desk_wanted
from app.events.models import Event, Slot
from app.events.queries import desk_events, upcoming
from app.events.search import read_wanted
from app.events.shifts.need import own_shifts_in_need, shifts_in_need
from tests.factories import Factory

MANY = 20_000
SEARCHES = [
    {},
    {"q": "活动19990"},
    {"q": "hd19990"},
    {"q": "huodong199"},
    {"q": "志愿"},
    {"kind": "visit"},
    {"when": "weekend", "level": "high", "places": "1"},
    {"from": "2026-01-01", "to": "2026-01-31", "q": "活动"},
]
DESK_SEARCHES = [{}, {"view": "over"}, {"view": "drafts"}, {"q": "hd19990"}, {"kind": "visit", "state": "cancelled"}]


@contextmanager
def plans() -> Iterator[list[str]]:
    """Collect the plan of every SELECT, line by line."""
    collected: list[str] = []
    explain = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"

    def ask(connection: Any, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            rows = connection.connection.cursor().execute(f"{explain} {statement}", parameters).fetchall()
            collected.extend(str(row[-1]) for row in rows)

    event.listen(db.engine, "before_cursor_execute", ask)
    try:
        yield collected
    finally:
        event.remove(db.engine, "before_cursor_execute", ask)


def read_whole(lines: list[str]) -> list[str]:
    """Return the lines that say that all events or slots are read, one after the other."""
    whole = ("SCAN events", "SCAN slots", "Seq Scan on events", "Seq Scan on slots")
    return [line for line in lines if any(sign in line for sign in whole)]


def fill(host_id: int, by: int) -> None:
    """Enter many events with a slot each: four years of them, a fiftieth still to come."""
    at = now()
    events, slots = [], []
    for number in range(1, MANY + 1):
        begins = at + timedelta(hours=2 * (number - MANY * 49 // 50))
        title = f"活动{number}"
        words = {"title": title, "summary": "x", "place": "县图书馆", "contact": "x", "kind": "theme"}
        keys = {"title_key": written(title), "title_pinyin": pinyin(title), "title_initials": initials(title)}
        times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "created_at": at, "published_at": at}
        news = {"notice": "", "rain_plan": "", "postpone_reason": "", "place_key": "县图书馆"}
        events.append({"id": number, "host_id": host_id, "created_by_id": by} | words | keys | times | news)
        ages = {"min_age": 6, "max_age": 18, "capacity": 9, "taken": 0, "form": "session", "title": "x", "place": ""}
        window = {"opens_at": at - timedelta(days=1), "closes_at": begins + timedelta(days=9999)}
        slots.append({"event_id": number} | ages | window | {name: times[name] for name in ("starts_at", "ends_at")})
    db.session.execute(insert(Event), events)
    db.session.execute(insert(Slot), slots)


def test_no_search_reads_all_events(inside: Flask, make: Factory) -> None:
    host = make.organisation()
    transact(fill, host.id, make.user().id)
    with db.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    staff = Principal(frozenset({Role.STAFF}), organisations={Role.STAFF: frozenset({host.id})})
    found = {}
    with plans() as lines:
        for asked in SEARCHES:
            lines.clear()
            upcoming(read_wanted(asked), now())
            found[f"home {asked}"] = read_whole(lines)
            assert lines
        for asked in DESK_SEARCHES:
            lines.clear()
            desk_events(staff, read_desk_wanted(asked), now(), None)
            found[f"desk {asked}"] = read_whole(lines)
        for asked in SEARCHES:
            lines.clear()
            shifts_in_need(read_wanted(asked), now())
            found[f"shifts {asked}"] = read_whole(lines)
        lines.clear()
        own_shifts_in_need(staff, now())
        found["own shifts"] = read_whole(lines)
    assert {search: lines for search, lines in found.items() if lines} == {}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_check_finds_a_search_that_reads_all(inside: Flask) -> None:
    with plans() as lines:
        db.session.execute(text("SELECT title FROM events WHERE title LIKE '%树%'"))
    assert len(read_whole(lines)) == 1
