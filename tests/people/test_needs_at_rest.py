"""Whoever gets hold of the database reads none of what has to be looked after."""

import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.backups.pg_tools import tool
from app.core.clock import now
from app.core.db import db
from app.people.needs import Diet, Needs, needs_of, write_needs
from app.people.profile import Profile, write_profile
from tests.factories import Factory

CANARY = Needs((Diet.NO_SEAFOOD,), "金丝雀不吃花椒", "金丝雀有哮喘 canary-asthma", "金丝雀坐轮椅 canary-wheels")
WORDS = ["金丝雀", "canary", "哮喘", "asthma", "轮椅", "wheels", "花椒", Diet.NO_SEAFOOD.value]
IN_THE_CLEAR = "canarias-dance"  # an interest: shows that the search finds what is not sealed


def files_of(app: Flask) -> bytes:
    """Return what lies on the disk: SQLite's file and its log, or a dump of PostgreSQL."""
    url = db.engine.url
    if db.engine.dialect.name == "sqlite":
        assert url.database
        there = [path for path in Path(url.database).parent.glob(f"{Path(url.database).name}*") if path.is_file()]
        assert any(path.name.endswith("-wal") for path in there)
        return b"".join(path.read_bytes() for path in there)
    version = int(db.session.scalar(text("SHOW server_version_num")) or 0) // 10000
    words = [tool("pg_dump", version), "-h", url.query["host"], "-U", url.username, url.database]
    return subprocess.run([str(one) for one in words], capture_output=True, check=True).stdout


@pytest.mark.parametrize("times", [1, 2])
def test_neither_the_files_nor_a_dump_say_anything(inside: Flask, make: Factory, times: int) -> None:
    registration = make.registration()
    make.do(write_profile, registration.person_id, Profile(interests=IN_THE_CLEAR))
    for _time in range(times):
        make.do(write_needs, registration.person_id, CANARY, by=registration.registered_by_id, at=now())
    assert needs_of(registration.person_id) == CANARY
    db.session.rollback()
    stored = files_of(inside)
    assert IN_THE_CLEAR.encode() in stored
    found = [word for word in WORDS if any(word.encode(way) in stored for way in ("utf-8", "utf-16-le", "gb18030"))]
    assert found == []
    assert [word for word in WORDS if word.encode("unicode-escape") in stored] == []
