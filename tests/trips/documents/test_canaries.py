"""Numbers of documents are on no page, in no log, no message, no search and no file but the three lists."""

from collections.abc import Iterator
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.messages.models import Message
from app.people.models import Gender
from app.programmes.models import Application
from app.trips.documents.numbers import DocumentKind
from app.trips.papers.models import PaperKind
from tests import canaries
from tests.factories import Factory
from tests.people.test_needs_at_rest import files_of
from tests.test_access import rows
from tests.travel import document_of, filled
from tests.world import World, build

NUMBER, NAME = "QZCANARY77", "囍龘小雨"
DOCUMENT = {"kind": DocumentKind.PASSPORT, "number": NUMBER, "name": NAME, "gender": Gender.FEMALE}
WHO = ("young", "stranger", "school", "staff", "manager", "outsider", "auditor", "admin")


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What is logged."""
    with canaries.logged() as lines:
        yield lines


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody, and somebody on a trip whose passport is a canary."""
    made = build(app, make)
    one = make.do(lambda: db.session.get_one(Application, int(made.places["travelling"])))
    filled(make, one, **DOCUMENT)
    return made


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("persona", WHO)
def test_no_page_and_no_file_shows_a_number(world: World, lines: StringIO, persona: str) -> None:
    found = {}
    for (method, pattern), _cells in rows():
        if method == "GET" and (shown := canaries.seen_in(world.ask(persona, method, pattern))):
            found[pattern] = shown
    for kind in PaperKind:
        if shown := canaries.seen_in(world.ask(persona, "POST", f"/desk/programmes/<journey>/trip/lists/{kind}")):
            found[kind] = shown
    assert found == {}
    assert "request" in lines.getvalue()
    assert canaries.seen(lines.getvalue()) == set()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_list_for_the_insurer_has_it(world: World, lines: StringIO) -> None:
    path = f"/desk/programmes/{world.places['journey']}/trip/lists/insurance/numbers"
    answer = world.browsers["staff"]().post(path, data={"purpose": "投保"})
    assert canaries.seen_in(answer) != set()
    assert canaries.seen(lines.getvalue()) == set()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_filling_it_in_leaves_it_in_no_log_no_message_and_no_export(app: Flask, world: World, lines: StringIO) -> None:
    browser, one = world.browsers["young"](), world.places["travelling"]
    page = f"/applications/{one}/travel-document"
    sent = {"kind": "passport", "number": NUMBER, "name": NAME, "born_on": "20010518", "gender": "female"}
    assert browser.post(page, data=sent).status_code in {303, 422}
    assert browser.post(page, data=sent | {"name": ""}).status_code == 422
    assert canaries.seen(lines.getvalue()) == set()
    with app.app_context():
        assert not [one for one in db.session.scalars(select(Message)) if canaries.seen(str(one.facts))]


def test_neither_the_database_nor_a_dump_has_it_in_the_clear(inside: Flask, make: Factory) -> None:
    world = build(inside, make)
    one = db.session.get_one(Application, int(world.places["travelling"]))
    filled(make, one, **DOCUMENT)
    assert document_of(make, one).name.encode() in (stored := files_of(inside))
    db.session.rollback()
    ways = ("utf-8", "utf-16-le", "gb18030", "unicode-escape")
    assert [word for word in (NUMBER, NAME) if any(word.encode(way) in stored for way in ways)] == []
