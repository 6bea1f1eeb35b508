"""`flask restore` brings back nobody who was erased since the backup was made, whichever machine it is put on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.backups.keys import OWN_KEY
from app.backups.place import Place
from app.care.erasing.replaying import LIST
from app.care.erasing.requests import ask, grant
from app.certificates.models import Certificate
from app.certificates.queries import genuine
from app.core.clock import now
from app.core.db import db, transact
from app.people.models import Person
from tests.backups.places import let_go
from tests.care.canary import CANARY, canary, traces
from tests.databases import settings_for
from tests.factories import Factory
from tests.work import work_off


def typed(app: Flask, *words: object) -> Result:
    """Run a command of ``flask``."""
    result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def new_machine(empty: Place) -> Iterator[Flask]:
    """The program on another machine, whose database is empty, and which has never seen a backup."""
    machine = create_app(settings_for(empty.database.render_as_string(hide_password=False), empty.data))
    yield machine
    let_go(machine)


@pytest.fixture
def code(app: Flask, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Back somebody up, then erase the person; return the code of the certificate."""
    monkeypatch.setitem(app.config, "BACKUP_FOLDER", tmp_path / "backups")
    with app.app_context():
        person_id, _event = canary(make)
        make.person(name="陈思远")
        code = db.session.scalars(select(Certificate.code)).one()
        by = make.user().id
        let_go(app)
        typed(app, "backup")
        asked = transact(ask, person_id, by=by, at=now()).id
        transact(grant, asked, by=by, at=now())
        work_off(app)
    let_go(app)
    return code


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_the_erased_stay_erased_and_their_certificates_genuine(
    app: Flask, new_machine: Flask, code: str, tmp_path: Path, is_elsewhere: bool
) -> None:
    (file,) = (tmp_path / "backups").glob("tongxing-*.tar.age")
    assert (tmp_path / "backups" / LIST).is_file()
    machine = new_machine if is_elsewhere else app
    typed(
        machine, "restore", file, "--identity", app.config["DATA"] / OWN_KEY, *([] if is_elsewhere else ["--replace"])
    )
    with machine.app_context():
        assert traces(machine.config["SQLALCHEMY_DATABASE_URI"], tmp_path) == []
        assert db.session.scalar(select(func.count()).where(Person.name == "陈思远")) == 1
        assert db.session.scalar(select(func.count()).where(Person.name == CANARY)) == 0
        certificate = genuine(code)
        assert certificate and certificate.is_valid and certificate.person_name == ""
    page = machine.test_client().get(f"/V/{code}").text
    assert "有效" in page and "姓名已按要求删除" in page
    let_go(machine)
