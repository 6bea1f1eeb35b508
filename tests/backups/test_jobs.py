"""The backup of every night: one a day, and who has no key reads why there is none."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.backups.backing_up import back_up
from app.backups.jobs import BACKUP
from app.backups.place import place_of
from app.backups.restoring import verify
from app.core.clock import SHANGHAI, now
from app.core.job_words import error_of
from app.core.jobs import JobState, enqueue
from app.core.schedules import turns
from tests.factories import Factory
from tests.work import the_job, work_off


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the application's backups go."""
    monkeypatch.setitem(app.config, "BACKUP_FOLDER", tmp_path / "backups")
    return tmp_path / "backups"


def test_it_comes_round_at_half_past_two_in_shanghai() -> None:
    on = {
        clock: [name for kind, name in turns(datetime(2026, 11, 23, *clock, tzinfo=SHANGHAI)) if kind == BACKUP]
        for clock in ((2, 29), (2, 30), (9, 0), (15, 0))
    }
    assert on == {(2, 29): [], (2, 30): ["backup@2026-11-22T18:30Z"], (9, 0): ["backup@2026-11-22T18:30Z"], (15, 0): []}


def test_a_night_leaves_a_backup_and_lets_an_old_one_go(inside: Flask, make: Factory, folder: Path) -> None:
    make.user()
    place = place_of(inside.config)
    today = now().replace(hour=2)
    old, stays = (back_up(place, today - timedelta(days=800, hours=hours)) for hours in (3, 0))
    job_id = make.do(enqueue, BACKUP, {}, at=now())
    assert work_off(inside) == 1
    assert the_job(job_id).state is JobState.DONE
    assert (old.exists(), stays.exists()) == (False, True)
    (newest,) = set(folder.glob("*.age")) - {stays}
    assert verify(place, newest, None).is_right


def test_without_a_key_in_production_it_fails_at_once_and_says_why(
    inside: Flask, make: Factory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(inside.config, "ENVIRONMENT", "production")
    job_id = make.do(enqueue, BACKUP, {}, at=now())
    work_off(inside)
    failed = the_job(job_id)
    assert (failed.state, failed.attempts) == (JobState.FAILED, 1)
    assert "BACKUP_RECIPIENT" in str(error_of(failed))
    assert not folder.exists()
