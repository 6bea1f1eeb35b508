"""Work in the background on a page that stays open: the bar moves by itself, and in the end there is a file."""

from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select, update

from app.certificates import jobs
from app.certificates.operations import issue
from app.core.clock import now
from app.core.db import db, transact
from app.core.jobs import Job
from app.core.worker import Worker
from app.events.models import Event
from app.organisations.models import Organisation
from tests.browser import Visitor, until
from tests.e2e.conftest import Visit
from tests.factories import Factory

BAR = "document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')"
SAID = "document.querySelector('.job [role=status]').textContent"
ASK = "form[action$=collection] button"
RESULT = "a[href$=result]"


@pytest.fixture
def certified(rows: Factory, event: Event, monkeypatch: pytest.MonkeyPatch) -> Event:
    """An event with two certificates, each of which is a part of the work."""
    monkeypatch.setattr(jobs, "_IN_A_PART", 1)
    for name in ("欧阳若溪", "陈思远"):
        rows.arrival(rows.registration(event.slots[0], name=name))
    rows.do(issue, event.id, by=rows.user().id, at=now())
    return event


def ask(visitor: Visitor, event: Event) -> Page:
    """Ask for all certificates as one file; returns the page that follows."""
    page = visitor.open(f"/desk/events/{event.id}/certificates")
    page.click("details:has(form[action$=collection]) summary")
    page.click(ASK)
    page.wait_for_url("**/jobs/*")
    return page


def postpone(page: Page, until_when: datetime) -> None:
    """Let the last part of the job on a page wait; an operation."""
    its = select(Job.id).where(Job.parent_id == int(page.url.rpartition("/")[2])).order_by(Job.id.desc()).limit(1)
    db.session.execute(update(Job).where(Job.id == db.session.scalar(its)).values(run_at=until_when))


def test_the_bar_moves_by_itself_until_there_is_a_file(
    here: Flask, helper: Visitor, certified: Event, tmp_path: Path
) -> None:
    page = ask(helper, certified)
    assert page.query_selector(RESULT) is None
    with here.app_context():
        Worker(here).work_off(now())
        until(page, BAR, "0")
        transact(postpone, page, now() + timedelta(hours=1))
        Worker(here).work_off(now())
        until(page, BAR, "50")
        until(page, SAID, lambda said: "50" in said)
        transact(postpone, page, now())
        Worker(here).work_off()
    page.wait_for_selector(RESULT)
    assert "data-follow" not in page.inner_html("main")
    with page.expect_download() as download:
        page.click(RESULT)
    assert download.value.suggested_filename == f"{certified.title}-证书.pdf"
    download.value.save_as(tmp_path / "all.pdf")
    assert len(pypdfium2.PdfDocument(tmp_path / "all.pdf")) == 2


def test_the_button_to_stop_keeps_the_keyboard_while_the_bar_moves(
    here: Flask, helper: Visitor, certified: Event
) -> None:
    page = ask(helper, certified)
    page.focus(".job form[action$=cancellation] button")
    with here.app_context():
        Worker(here).work_off(now())
    until(page, BAR, "0")
    assert page.evaluate("document.activeElement.closest('form').action").endswith("/cancellation")
    page.keyboard.press("Enter")
    page.wait_for_selector(".job form[action$=repetition]")


def test_without_scripts_the_page_asks_again_by_itself(
    here: Flask, rows: Factory, visit: Visit, host: Organisation, certified: Event
) -> None:
    visitor = visit(rows.member(host), java_script_enabled=False)
    page = visitor.open(f"/desk/events/{certified.id}/certificates")
    page.click("details:has(form[action$=collection]) summary")
    page.click(ASK)
    with here.app_context():
        Worker(here).work_off()
    page.wait_for_selector(RESULT)
