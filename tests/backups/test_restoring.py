"""A backup put back is the same database, row by row."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.backups import problems
from app.backups.backing_up import back_up
from app.backups.keys import OWN_KEY
from app.backups.place import Place
from app.backups.postgresql import Postgresql
from app.backups.restoring import restored, verify
from app.checkin.operations import correct
from app.core.clock import now
from app.core.db import listen_to
from config import DEMO_MARK
from tests.backups.places import let_go, nothing_left, rows, schemas
from tests.factories import Factory
from tests.world import build


def put_back(place: Place, file: Path, key: Path, *, is_replacing: bool = False) -> str:
    """Restore a backup and return where the old database lies."""
    with restored(place, file, key, is_replacing=is_replacing, at=now()) as (_manifest, old):
        return old


def change(place: Place, statement: str) -> None:
    """Change a database behind everybody's back."""
    with create_engine(place.database, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def test_every_row_of_every_table_comes_back(app: Flask, make: Factory, place: Place, empty: Place) -> None:
    build(app, make)
    before = rows(place)
    assert sum(map(len, before.values())) > 100
    file = back_up(place, now())
    assert put_back(empty, file, place.data / OWN_KEY) == ""
    assert rows(empty) == before == rows(place)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE slots SET taken = capacity + 1",
        "INSERT INTO alembic_version SELECT * FROM alembic_version",
        "DELETE FROM corrections",
    ],
    ids=["a check", "a key", "a trigger"],
)
def test_what_came_back_refuses_what_the_first_one_refuses(
    statement: str, make: Factory, place: Place, empty: Place
) -> None:
    registration = make.registration(make.going_on().slots[0])
    make.do(correct, registration.id, now(), "认错人了", by=registration.registered_by_id, at=now())
    put_back(empty, back_up(place, now()), place.data / OWN_KEY)
    for one in (place, empty):
        with pytest.raises(DBAPIError):
            change(one, statement)


def test_files_that_are_truth_come_along_and_secrets_and_caches_do_not(place: Place, empty: Place) -> None:
    kept = {"papers/2026/letter.pdf": b"%PDF", "中文 名.txt": "字".encode(), DEMO_MARK: b"demo"}
    for name, content in kept.items():
        (place.data / name).parent.mkdir(parents=True, exist_ok=True)
        (place.data / name).write_bytes(content)
    for name in (
        "secret_key",
        "landscapes/1.png",
        "results/7-a",
        "authority/ca.key",
        "before-restore-1/x",
        "server.log",
    ):
        (place.data / name).parent.mkdir(parents=True, exist_ok=True)
        (place.data / name).write_text("not this")
    put_back(empty, back_up(place, now()), place.data / OWN_KEY)
    found = {path.relative_to(empty.data).as_posix(): path for path in empty.data.rglob("*") if path.is_file()}
    assert {name: found[name].read_bytes() for name in kept} == kept
    assert found.keys() - kept.keys() <= {"tongxing.sqlite3"}


def test_a_file_that_is_in_the_way_is_put_aside_and_the_same_one_stays(place: Place, empty: Place) -> None:
    for name in ("same.txt", "other.txt"):
        (place.data / name).write_text("of the backup")
    (empty.data / "same.txt").write_text("of the backup")
    (empty.data / "other.txt").write_text("of this machine")
    put_back(empty, back_up(place, now()), place.data / OWN_KEY)
    (aside,) = empty.data.glob("before-restore-*")
    assert [path.name for path in aside.iterdir()] == ["other.txt"]
    assert (aside / "other.txt").read_text() == "of this machine"
    assert (empty.data / "other.txt").read_text() == "of the backup"


def test_trying_out_says_that_all_is_well_and_changes_nothing(make: Factory, place: Place, empty: Place) -> None:
    make.registration()
    file = back_up(place, now())
    with nothing_left(empty.data.parent), nothing_left(place.folder):
        verdict = verify(empty, file, place.data / OWN_KEY)
    assert (verdict.is_right, verdict.is_known, verdict.is_same_key) == (True, True, True)
    assert verdict.found == verdict.manifest.contents
    assert verdict.found.tables["registrations"] == 1


def test_another_server_key_is_noticed(place: Place) -> None:
    file = back_up(place, now())
    assert not verify(replace(place, key_mark="another"), file, None).is_same_key


def test_a_database_with_accounts_is_left_alone(app: Flask, make: Factory, place: Place) -> None:
    file = back_up(place, now())
    make.user()
    before = rows(place)
    let_go(app)
    with pytest.raises(problems.NotEmpty), nothing_left(place.folder):
        put_back(place, file, place.data / OWN_KEY)
    assert rows(place) == before


def test_replacing_keeps_the_old_one_to_go_back_to(engine: str, make: Factory, place: Place, empty: Place) -> None:
    make.user("周建国")
    first = back_up(place, now())
    before = rows(place)
    key = place.data / OWN_KEY
    put_back(empty, first, key)
    change(empty, "UPDATE users SET name = '改过的'")
    old = put_back(empty, first, key, is_replacing=True)
    assert rows(empty) == before
    if engine == "sqlite":
        assert "改过的" in str(rows(replace(empty, database=empty.database.set(database=old))))
    else:
        assert old in schemas(empty)
        put_back(empty, back_up(empty, now()), empty.data / OWN_KEY, is_replacing=True)
        assert rows(empty) == before  # what was put aside is in no backup


def test_when_what_follows_fails_the_old_one_is_back(engine: str, make: Factory, place: Place, empty: Place) -> None:
    make.user()
    key = place.data / OWN_KEY
    put_back(empty, back_up(place, now()), key)
    change(empty, "UPDATE users SET name = '改过的'")
    before = rows(empty)
    with (
        pytest.raises(RuntimeError),
        nothing_left(empty.folder),
        restored(empty, back_up(place, now()), key, is_replacing=True, at=now()),
    ):
        raise RuntimeError("a migration failed")
    assert rows(empty) == before
    if engine == "postgresql":
        assert schemas(empty) == {"public"}


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_role_that_may_make_no_database_still_learns_what_can_be_learned(
    app: Flask, make: Factory, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.user()
    let_go(app)
    file = back_up(place, now())
    change(place, "DROP ROLE IF EXISTS modest")
    change(place, "CREATE ROLE modest LOGIN")
    modest = replace(place, database=place.database.set(username="modest"))
    verdict = verify(modest, file, None)
    assert (verdict.found, verdict.is_right) == (None, True)
    with pytest.raises(problems.NotOwner):
        monkeypatch.setattr(Postgresql, "is_empty", lambda _self: True)  # it may not even read who is there
        put_back(modest, file, place.data / OWN_KEY)


def test_while_somebody_uses_the_database_nothing_is_put_in_its_place(place: Place, empty: Place) -> None:
    file = back_up(place, now())
    key = place.data / OWN_KEY
    put_back(empty, file, key)
    engine = create_engine(empty.database)
    listen_to(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT * FROM users"))
        with pytest.raises(problems.InUse):
            put_back(empty, file, key)
    engine.dispose()
    assert put_back(empty, file, key) == ""


def test_a_backup_of_a_newer_program_or_of_the_demo_in_production_is_refused(place: Place, empty: Place) -> None:
    key = place.data / OWN_KEY
    change(place, "UPDATE alembic_version SET version_num = '9999'")
    newer = back_up(place, now())
    assert not verify(empty, newer, key).is_known
    with pytest.raises(problems.ProgramTooOld):
        put_back(empty, newer, key)
    (place.data / DEMO_MARK).touch()
    with pytest.raises(problems.DemoBackup):
        put_back(replace(empty, is_production=True), back_up(place, now()), key)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_backup_of_another_engine_is_refused(place: Place) -> None:
    file = back_up(place, now())
    other = replace(place, database=place.database.set(drivername="postgresql+psycopg"))
    with pytest.raises(problems.OtherEngine):
        verify(other, file, None)
