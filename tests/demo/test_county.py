"""The demo county is the same for everyone who builds it on the same day."""

from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
from sqlalchemy import select

from app import create_app
from app.core.db import db
from app.demo import county
from app.events.models import Registration
from app.people.models import Person
from config import Settings, sqlite_url

NOON = datetime(2026, 5, 16, 4, 0, tzinfo=UTC)


def story(folder: Path) -> list[tuple[object, ...]]:
    """Build the county in a folder and return who signed up for what, and how each is called and read."""
    folder.mkdir()
    app = create_app(Settings("demo", folder, sqlite_url(folder), "for tests only, never elsewhere", "http://x"))
    with app.app_context():
        flask_migrate.upgrade()
        county.fill("no hash", NOON)
        rows = db.session.execute(
            select(Person.name, Person.born_on, Person.name_pinyin, Registration.slot_id, Registration.registered_at)
            .outerjoin(Registration, Registration.person_id == Person.id)
            .order_by(Person.id, Registration.id)
        ).all()
        db.engine.dispose()
    return [tuple(row) for row in rows]


def test_the_same_moment_makes_the_same_county(tmp_path: Path) -> None:
    first = story(tmp_path / "one")
    assert len(first) > 200
    assert first == story(tmp_path / "two")


def test_names_of_every_kind_are_in_it(tmp_path: Path) -> None:
    names = {str(row[0]) for row in story(tmp_path / "county")}
    kinds = {"阿依古丽·买买提", "欧阳娜娜", "𠮷野樱", "O’Brien Liam", "ᠮᠣᠩᠭᠣᠯ ᠪᠠᠶᠠᠷ"}
    assert kinds <= names
