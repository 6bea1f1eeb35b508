"""Erasing a person: nothing is left of it in the database's files, the certificate is genuine, the counts stay."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.care.erasing import requests
from app.care.erasing.operations import erase, is_erased
from app.care.erasing.problems import ErasedAlready
from app.care.erasing.replaying import empty_the_log
from app.care.erasing.requests import ask, grant
from app.care.inventory import holdings
from app.care.models import Erasure
from app.certificates.models import Certificate
from app.certificates.queries import genuine
from app.checkin.models import Attendance
from app.core.clock import now
from app.core.db import METADATA, db, transact
from app.events.models import Registration
from app.people.models import Person, Relation
from app.people.queries import named_like
from tests.care.canary import CANARY, PHONE, canary, traces
from tests.factories import Factory
from tests.work import work_off


@pytest.fixture
def url(inside: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the database is; what is remembered of erasing lies in a folder of its own."""
    monkeypatch.setitem(inside.config, "BACKUP_FOLDER", tmp_path / "backups")
    return str(inside.config["SQLALCHEMY_DATABASE_URI"])


def carried_out(app: Flask, person_id: int, by: int) -> datetime | None:
    """Ask, grant, and let the work be done."""
    asked = transact(ask, person_id, by=by, at=now()).id
    transact(grant, asked, by=by, at=now())
    work_off(app)
    return db.session.get_one(Erasure, asked).erased_at


def test_no_byte_is_left_and_the_certificate_still_verifies(
    inside: Flask, url: str, make: Factory, tmp_path: Path
) -> None:
    person_id, _event = canary(make)
    code = db.session.scalars(select(Certificate.code)).one()
    empty_the_log()
    assert traces(url, tmp_path)

    assert carried_out(inside, person_id, make.user().id)

    assert traces(url, tmp_path) == []
    certificate = genuine(code)
    assert certificate
    assert certificate.is_valid
    assert certificate.person_name == ""
    assert CANARY not in (tmp_path / "backups" / "erased.jsonl").read_text()


def test_counts_stay_and_only_the_year_of_birth(inside: Flask, url: str, make: Factory) -> None:
    person_id, event_id = canary(make)
    carried_out(inside, person_id, make.user().id)
    left = db.session.get_one(Person, person_id)
    assert is_erased(left)
    assert (left.born_on.month, left.born_on.day) == (1, 1)
    assert db.session.scalars(select(Registration).where(Registration.person_id == person_id)).all()
    assert db.session.scalars(select(Attendance).where(Attendance.event_id == event_id)).all()


def test_nobody_finds_the_person_any_more(inside: Flask, url: str, make: Factory) -> None:
    person_id, _event = canary(make)
    carried_out(inside, person_id, make.user().id)
    for typed in (CANARY, "qzcanary", CANARY[0]):
        assert db.session.scalars(select(Person).where(named_like(typed))).all() == []


def test_a_place_to_come_is_given_back_to_the_line(inside: Flask, url: str, make: Factory) -> None:
    slot = make.slot(capacity=1, has_waiting_list=True)
    leaving = make.registration(slot, name=CANARY, age=20)
    waiting = make.registration(slot, name="陈思远", age=20)
    make.do(erase, leaving.person_id, by=None, at=now())
    db.session.expire_all()
    assert db.session.get_one(Registration, leaving.id).state == "cancelled"
    assert db.session.get_one(Registration, waiting.id).state in {"offered", "confirmed"}


def test_an_account_that_acts_for_others_stays_theirs(inside: Flask, url: str, make: Factory) -> None:
    parent = make.user("周建国", PHONE)
    child, sibling = (make.person(parent, name=name, relation=Relation.CHILD) for name in (CANARY, "周小满"))
    make.do(erase, child.id, by=None, at=now())
    db.session.expire_all()
    assert db.session.get_one(Person, sibling.id).name == "周小满"
    assert db.session.get_one(type(parent), parent.id).phone == PHONE


def test_twice_is_once(inside: Flask, url: str, make: Factory) -> None:
    person_id, _event = canary(make)
    first = carried_out(inside, person_id, make.user().id)
    make.do(erase, person_id, by=None, at=now())
    with pytest.raises(ErasedAlready):
        transact(ask, person_id, by=make.user().id, at=now())
    latest = requests.latest_request(person_id)
    assert latest
    assert latest.erased_at == first


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_table_that_leads_to_a_person_is_in_the_plan(inside: Flask) -> None:
    planned = {one.table for one in holdings()}
    leading = {
        table.name
        for table in METADATA.tables.values()
        if any(key.column.table.name == "people" for column in table.columns for key in column.foreign_keys)
    }
    assert leading - planned == set()
