"""What a list page and the door ask is answered from an index, however large the tables have grown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from app.checkin import follow_ups
from app.core.clock import now
from app.core.db import db
from app.events import reminders
from app.messages.models import MessageKind
from tests.factories import Factory
from tests.world import World, build

LARGE = (
    "people",
    "events",
    "slots",
    "registrations",
    "person_skills",
    "shift_swaps",
    "attendances",
    "scans",
    "certificates",
    "enrolments",
    "school_classes",
    "users",
    "sessions",
    "browsers",
    "tries",
    "reset_slips",
    "one_time_codes",
    "changes",
    "bulk_acts",
    "bulk_act_items",
    "registration_comments",
    "list_prints",
    "messages",
    "announcements",
    "deliveries",
    "contacts",
    "jobs",
)
PAGES = [
    ("anonymous", "/"),
    ("anonymous", "/shifts"),
    ("anonymous", "/skills/<skill>"),
    ("anonymous", "/swaps/<swap_code>"),
    ("young", "/registrations/<shift_place>/swap"),
    ("staff", "/desk/shifts"),
    ("staff", "/desk/skills/<skill>"),
    ("staff", "/desk/registrations/<registration>/skills"),
    ("staff", "/desk/slots/<taught>/training"),
    ("anonymous", "/organisations/<organisation>"),
    ("anonymous", "/schools/<school>/classes"),
    ("school", "/school/classes"),
    ("staff", "/desk/events"),
    ("staff", "/desk/events/<event>"),
    ("staff", "/desk/events/<event>/registrations"),
    ("staff", "/desk/events/<event>/registrations?q=<word>"),
    ("staff", "/desk/absences?q=<word>"),
    ("staff", "/desk/events/<event>/registrations?view=waiting&source=form"),
    ("staff", "/desk/events/<event>/registrations?view=everyone&party=1"),
    ("staff", "/desk/events/<event>/registrations/new"),
    ("staff", "/desk/events/<event>/sheet"),
    ("staff", "/desk/events/<event>/announcements"),
    ("staff", "/desk/events/<event>/announcements/new?presence=missing&standing=held&unseen=1"),
    ("staff", "/desk/announcements/<announcement>"),
    ("staff", "/desk/events/<event>/unseen"),
    ("staff", "/desk/events/<event>/undelivered"),
    ("admin", "/admin/deliveries"),
    ("young", "/account/contacts"),
    ("school", "/school/unseen"),
    ("school", "/school/events/<event>/unseen"),
    ("staff", "/desk/registrations/<registration>"),
    ("gate", "/api/v1/events/<event>/registrations/search"),
    ("school", "/school/registrations"),
    ("school", "/school/pupils"),
    ("school", "/school/pupils?view=confirmed"),
    ("manager", "/desk/staff"),
    ("admin", "/admin/accounts"),
    ("admin", "/admin/accounts?q=<word>"),
    ("admin", "/admin/jobs"),
    ("admin", "/admin/jobs?state=waiting"),
    ("admin", "/admin/jobs?kind=certificates.collect"),
    ("admin", "/admin/jobs/<job>"),
    ("staff", "/jobs"),
    ("staff", "/jobs/<job>"),
    ("young", "/account"),
    ("anonymous", "/R/<slip_code>"),
    ("anonymous", "/I/<invitation_code>"),
    ("young", "/mine"),
    ("young", "/messages"),
    ("young", "/messages?view=unread&before=9"),
    ("young", "/messages/<message>"),
    ("staff", "/desk/messages"),
    ("young", "/mine/certificates"),
    ("anonymous", "/V/<paper_code>"),
    ("anonymous", "/P/<pass_code>"),
]


@contextmanager
def plans(app: Flask) -> Iterator[list[str]]:
    """Collect SQLite's plan of every SELECT, one line for each table it reads."""
    collected: list[str] = []

    def explain(connection: Any, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            collected.extend(row[3] for row in rows.fetchall())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield collected
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def read_whole(lines: list[str]) -> list[str]:
    """Return the lines that say a large table, or a whole index of it, is read from end to end."""
    scans = [line for line in lines if line.startswith("SCAN")]
    return [line for line in scans if line.split()[1].rstrip("_0123456789") in LARGE]


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything."""
    return build(app, make)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(("persona", "address"), PAGES)
def test_no_large_table_is_read_from_end_to_end(app: Flask, world: World, persona: str, address: str) -> None:
    with plans(app) as lines:
        assert world.ask(persona, "GET", address).status_code in {200, 302}
    assert lines
    assert read_whole(lines) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_check_finds_a_table_that_is_read_from_end_to_end(app: Flask) -> None:
    with plans(app) as lines, app.app_context():
        db.session.execute(text("SELECT name FROM people WHERE name LIKE '%雨'"))
    assert len(read_whole(lines)) == 1


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_the_background_looks_for_every_few_minutes_is_found_by_an_index(inside: Flask, make: Factory) -> None:
    begins = now() + timedelta(days=3, hours=-1)
    coming = make.event(starts_at=begins, ends_at=begins + timedelta(hours=2))
    over = make.event(starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    with plans(inside) as lines:
        assert reminders.slots_to_remind_of(MessageKind.REMINDER, now()) == [coming.slots[0].id]
        assert follow_ups.slots_to_follow_up(MessageKind.THANKS, now()) == [over.slots[0].id]
        make.do(reminders.remind, coming.slots[0].id, MessageKind.REMINDER, at=now())
        make.do(follow_ups.follow_up, over.slots[0].id, MessageKind.THANKS, at=now())
    assert read_whole(lines) == []
