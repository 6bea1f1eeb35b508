"""Whoever was erased after a backup was made does not come back with it."""

from pathlib import Path

import pytest
from flask import Flask

from app.backups.afterwards import do_what_follows
from app.care.erasing import replaying
from app.care.erasing.operations import erase
from app.core.clock import now
from app.core.db import db
from app.people.models import Person
from tests.factories import Factory


@pytest.fixture
def folder(inside: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the backups."""
    monkeypatch.setitem(inside.config, "BACKUP_FOLDER", tmp_path / "backups")
    return tmp_path / "backups"


def name_of(person_id: int) -> str:
    """Return what somebody is called now."""
    db.session.rollback()
    return db.session.get_one(Person, person_id, populate_existing=True).name


def test_the_erased_are_erased_again_and_nobody_else(folder: Path, make: Factory) -> None:
    gone, stays = make.person(name="周小满"), make.person(name="陈思远")
    replaying.remember(db.session.get_one(Person, gone.id), at=now())
    do_what_follows(folder)  # the restored database still has the person
    assert (name_of(gone.id), name_of(stays.id)) == ("", "陈思远")
    assert "周" not in (folder / replaying.LIST).read_text()


def test_somebody_else_with_the_same_number_is_left_alone(folder: Path, make: Factory) -> None:
    somebody = make.person(name="陈思远")
    folder.mkdir(parents=True)
    (folder / replaying.LIST).write_text(f'{{"person": {somebody.id}, "mark": "another", "at": ""}}\n')
    do_what_follows(folder)
    assert name_of(somebody.id) == "陈思远"


def test_without_a_list_and_with_the_erased_gone_nothing_happens(folder: Path, make: Factory) -> None:
    do_what_follows(folder)
    person = make.person(name="周小满")
    replaying.remember(db.session.get_one(Person, person.id), at=now())
    make.do(erase, person.id, by=None, at=now())
    do_what_follows(folder)
    assert name_of(person.id) == ""
