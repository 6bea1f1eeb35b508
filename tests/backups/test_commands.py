"""The three commands, as whoever looks after the machine types them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts.models import User
from app.backups import restoring
from app.backups.keys import OWN_KEY
from app.backups.place import Place
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job, enqueue
from app.core.stopping import RESTORED
from tests.backups.places import let_go
from tests.databases import settings_for
from tests.factories import Factory
from tests.work import effects, kinds, note_effect, work_off


def typed(app: Flask, *words: object) -> Result:
    """Run a command of ``flask``."""
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def backed_up(app: Flask, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A backup made by the command, and the key to it."""
    made = typed(app, "backup-key")
    (tmp_path / "key").write_text(made.stdout)
    monkeypatch.setitem(app.config, "BACKUP_RECIPIENT", made.stdout.split()[3])
    monkeypatch.setitem(app.config, "BACKUP_FOLDER", tmp_path / "backups")
    make.registration(name="林晓雨")
    result = typed(app, "backup")
    assert result.exit_code == 0, result.output
    (file,) = (tmp_path / "backups").glob("tongxing-*.tar.age")
    assert str(file) in result.output
    return file, tmp_path / "key"


@pytest.fixture
def new_machine(empty: Place) -> Iterator[Flask]:
    """The program on another machine, whose database is empty."""
    machine = create_app(settings_for(empty.database.render_as_string(hide_password=False), empty.data))
    yield machine
    let_go(machine)


def test_a_new_pair_is_two_lines_that_the_tool_age_reads_and_the_advice_is_apart(app: Flask) -> None:
    made = typed(app, "backup-key")
    public, secret = made.stdout.splitlines()
    assert public.startswith("# public key: age1")
    assert secret.startswith("AGE-SECRET-KEY-1")
    assert "BACKUP_RECIPIENT" in made.stderr
    assert typed(app, "backup-key").stdout != made.stdout


def test_trying_a_backup_out_says_line_by_line_what_is_well(app: Flask, backed_up: tuple[Path, Path]) -> None:
    file, key = backed_up
    result = typed(app, "restore", file, "--identity", key, "--verify")
    assert result.exit_code == 0, result.output
    assert [line[0] for line in result.output.splitlines()] == ["✓"] * 5


def test_when_rows_are_missing_it_says_which_and_fails(
    app: Flask, backed_up: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = backed_up
    whole = restoring.unpack

    def one_more(archive: Path, folder: Path) -> restoring.Manifest:
        manifest = whole(archive, folder)
        manifest.contents.tables["registrations"] += 1
        return manifest

    monkeypatch.setattr(restoring, "unpack", one_more)
    result = typed(app, "restore", file, "--identity", key, "--verify")
    assert result.exit_code == 1
    (line,) = (line for line in result.output.splitlines() if line.startswith("✗"))
    assert "registrations" in line


def test_a_new_machine_gets_everything_back_and_works(
    new_machine: Flask, make: Factory, backed_up: tuple[Path, Path]
) -> None:
    file, key = backed_up
    result = typed(new_machine, "restore", file, "--identity", key)
    assert result.exit_code == 0, result.output
    with new_machine.app_context():
        assert db.session.scalar(select(func.count()).select_from(User))
        db.session.remove()
        db.engine.dispose()
    with new_machine.test_client() as browser:
        assert browser.get("/readyz").status_code == 200


def test_what_was_under_way_when_it_was_made_is_not_done_again(
    app: Flask, make: Factory, new_machine: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kinds(effect=lambda work: work.finish(note_effect, 1)):
        make.do(enqueue, "effect", {}, at=now())
        monkeypatch.setitem(app.config, "BACKUP_FOLDER", tmp_path / "backups")
        assert typed(app, "backup").exit_code == 0
        (file,) = (tmp_path / "backups").glob("tongxing-*.tar.age")
        assert typed(new_machine, "restore", file, "--identity", app.config["DATA"] / OWN_KEY).exit_code == 0
        with new_machine.app_context():
            assert (work_off(new_machine), effects()) == (0, [])
            assert db.session.scalar(select(Job.error).where(Job.kind == "effect")) == RESTORED


def test_a_database_with_accounts_needs_one_word_more(app: Flask, backed_up: tuple[Path, Path]) -> None:
    file, key = backed_up
    let_go(app)
    refused = typed(app, "restore", file, "--identity", key)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    result = typed(app, "restore", file, "--identity", key, "--replace")
    assert result.exit_code == 0, result.output
    assert "before" in result.output


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_refusal_is_one_line(app: Flask, backed_up: tuple[Path, Path], tmp_path: Path) -> None:
    file, key = backed_up
    for words in ((file,), (file, "--identity", tmp_path / "none"), (tmp_path / "none", "--identity", key)):
        refused = typed(app, "restore", *words, "--verify")
        assert refused.exit_code == 1
        assert len(refused.output.splitlines()) == 1, refused.output
        assert refused.output.startswith("Error: ")
