"""PostgreSQL's own programs: a version that fits is found, or it is said which one to install."""

from pathlib import Path

import pytest

from app.backups import pg_tools, problems
from app.backups.backing_up import back_up
from app.backups.place import Place
from app.core.clock import now
from tests.backups.places import nothing_left


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which programs are looked for, and nowhere else."""
    monkeypatch.setattr(pg_tools, "DEBIAN", tmp_path / "postgresql")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def install(folder: Path, version: str) -> Path:
    """Put a program somewhere that says it has a version."""
    folder.mkdir(parents=True)
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version} (Debian)'\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.usefixtures("nothing_installed")
def test_without_any_it_says_which_package(place: Place) -> None:
    with nothing_left(place.folder), pytest.raises(problems.ToolMissing) as refused:
        back_up(place, now())
    assert "postgresql-client" in refused.value.message


@pytest.mark.parametrize("engine", ["postgresql"])
def test_an_older_one_than_the_server_is_refused(place: Place, nothing_installed: Path) -> None:
    install(nothing_installed / "bin", "9.6.24")
    with nothing_left(place.folder), pytest.raises(problems.ToolTooOld) as refused:
        back_up(place, now())
    assert "9" in refused.value.message


def test_the_oldest_that_knows_the_server_is_taken(nothing_installed: Path) -> None:
    older = install(nothing_installed / "bin", "13.2")
    install(nothing_installed / "postgresql/17/bin", "17.1")
    fitting = install(nothing_installed / "postgresql/15/bin", "15.9")
    assert pg_tools.tool("pg_dump", 15) == fitting
    assert pg_tools.tool("pg_dump", 13) == older
