"""What administrators are told wherever they are, and nobody else; each with the page where it is mended."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.backups.jobs import BACKUP
from app.core.clock import now
from app.core.db import db, table_of
from app.core.jobs import Job, JobState
from tests import undelivered
from tests.counting import statements
from tests.factories import Factory
from tests.letters import first_letter
from tests.signing_in import Personas

PAGES = ["/", "/admin/organisations", "/account"]
SIGN = 'class="alarms"'


def job(make: Factory, kind: str, state: JobState, ago: timedelta = timedelta(), **more: Any) -> int:
    """Let some work have come to its end a while ago; return its id."""
    ended = now() - ago
    row = {"kind": kind, "payload": {}, "state": state, "run_at": ended, "created_at": ended, "finished_at": ended}
    return make.do(_add, row | more)


def _add(row: dict[str, Any]) -> int:
    key: Any = db.session.connection().execute(insert(table_of(Job)), row).inserted_primary_key
    return int(key[0])


def strip(browser: FlaskClient, page: str = "/admin/organisations") -> str:
    """Return what the sign says on a page; "" where there is none."""
    text = browser.get(page).text
    return text.partition(SIGN)[2].partition("</nav>")[0]


def parked_letter(make: Factory, personas: Personas) -> None:
    """Let nobody know whether a text message went out."""
    place = make.registration(make.event(personas.host).slots[0])
    undelivered.delivery(make, first_letter(make, place.person_id), make.user().id)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_wrong_says_nothing(personas: Personas, make: Factory, page: str) -> None:
    job(make, BACKUP, JobState.DONE)
    job(make, "jobs.tidy", JobState.CANCELLED)
    assert strip(personas.administrator, page) == ""


@pytest.mark.parametrize("page", PAGES)
def test_a_backup_that_failed_is_said_everywhere_with_its_page(personas: Personas, make: Factory, page: str) -> None:
    job(make, BACKUP, JobState.DONE, timedelta(days=1))
    failed = job(make, BACKUP, JobState.FAILED)
    said = strip(personas.administrator, page)
    assert "上次备份没做成" in said
    assert f'href="/admin/jobs/{failed}"' in said
    assert "项任务" not in said  # it is said once
    job(make, BACKUP, JobState.DONE)
    assert strip(personas.administrator, page) == ""


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=35), ""),
        (timedelta(hours=37), "已有 1 天没有备份"),
        (timedelta(days=3, hours=1), "已有 3 天没有备份"),
    ],
)
def test_a_backup_that_is_overdue_is_said(personas: Personas, make: Factory, ago: timedelta, words: str) -> None:
    job(make, BACKUP, JobState.DONE, ago)
    said = strip(personas.administrator)
    assert words in said
    assert bool(said) is bool(words)
    assert not words or 'href="/admin/jobs?kind=backup"' in said


def test_a_house_that_is_new_has_time_for_its_first_backup(personas: Personas, make: Factory) -> None:
    assert strip(personas.administrator) == ""
    job(make, "jobs.tidy", JobState.DONE, timedelta(hours=12))
    assert strip(personas.administrator) == ""
    make.do(_long_ago, now() - timedelta(days=2))
    assert "已有 2 天没有备份" in strip(personas.administrator)


def _long_ago(at: datetime) -> None:
    row = db.session.query(Job).order_by(Job.id).first()
    assert row
    row.created_at = at


def test_dead_work_is_counted_without_its_parts_until_somebody_has_looked(personas: Personas, make: Factory) -> None:
    admin = personas.administrator
    whole = job(make, "jobs.tidy", JobState.FAILED)
    job(make, "jobs.tidy", JobState.FAILED, parent_id=whole)
    doubtful = job(make, "jobs.tidy", JobState.PARKED)
    said = strip(admin)
    assert "1 项任务没做成" in said
    assert "1 项任务要看一下" in said
    assert 'href="/admin/jobs?state=failed"' in said
    assert "不用再管" in admin.get(f"/admin/jobs/{whole}").text
    for number in (whole, doubtful):
        assert admin.post(f"/admin/jobs/{number}/rest").status_code == 303
    assert strip(admin) == ""
    assert "不用再做" in admin.post(f"/admin/jobs/{whole}/rest", follow_redirects=True).text
    assert f"/admin/jobs/{whole}/repetition" in admin.get(f"/admin/jobs/{whole}").text


def test_a_part_is_not_left_without_its_whole(personas: Personas, make: Factory) -> None:
    whole = job(make, "jobs.tidy", JobState.FAILED)
    part = job(make, "jobs.tidy", JobState.FAILED, parent_id=whole)
    admin = personas.administrator
    assert "/rest" not in admin.get(f"/admin/jobs/{part}").text
    assert "不用再做" in admin.post(f"/admin/jobs/{part}/rest", follow_redirects=True).text
    assert "没做成" in strip(admin)


def test_letters_nobody_can_know_of_are_said_with_their_page(personas: Personas, make: Factory) -> None:
    parked_letter(make, personas)
    said = strip(personas.administrator)
    assert "1 条消息不知发出去没有" in said
    assert 'href="/admin/deliveries"' in said


def test_whoever_speaks_english_reads_it_in_english(personas: Personas, make: Factory) -> None:
    for _twice in range(2):
        job(make, "jobs.tidy", JobState.FAILED)
    personas.administrator.set_cookie("language", "en")
    assert "2 jobs failed" in strip(personas.administrator)


def test_only_administrators_pages_ask_and_they_ask_once(app: Flask, personas: Personas, make: Factory) -> None:
    parked_letter(make, personas)
    with statements(app) as asked:
        for browser in (personas.anonymous, personas.young(), personas.staff, personas.school_office):
            assert SIGN not in browser.get("/").text
            assert SIGN not in browser.get("/account").text
    assert [one for one in asked if "parked" in one] == []
    with statements(app) as asked:
        assert SIGN in personas.administrator.get("/admin/organisations").text
    assert len([one for one in asked if "FROM jobs" in one]) == 1
