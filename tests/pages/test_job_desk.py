"""The administrator's page of work in the background."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core.clock import now
from app.core.db import db
from app.core.jobs import Asker, Job, JobState, enqueue, enqueue_all
from app.core.worker import Worker
from app.core.working import Work
from app.messages.delivering import SEND
from app.messages.models import Channel, Delivery
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas
from tests.work import kinds

NOBODY = "没有工作进程"


def refuse(_work: Work) -> None:
    """Break off like something nobody had thought of."""
    raise ValueError("王芳 138")


def do_nothing(_work: Work) -> None:
    """Be done at once."""


@pytest.fixture
def admin(personas: Personas) -> Iterator[FlaskClient]:
    """The administrator's browser, and kinds of work for tests."""
    with kinds(idle=do_nothing, broken=refuse):
        yield personas.administrator


def asked(make: Factory, kind: str = "idle", **changes: Any) -> int:
    """Make a job of somebody's and put it into a state."""
    number = make.do(enqueue, kind, {"name": "王芳"}, asker=Asker(make.user("罗老师").id), at=now())
    if changes:
        make.do(change, number, changes)
    return number


def change(job_id: int, changes: dict[str, Any]) -> None:
    """Put a job into a state; an operation."""
    db.session.execute(update(Job).where(Job.id == job_id).values(**changes))


def state(app: Flask, job_id: int) -> JobState:
    """Return how a job stands."""
    with app.app_context():
        return db.session.get_one(Job, job_id).state


def listed(page: str) -> int:
    """Return how many jobs a page lists."""
    return page.count('<th scope="row">')


def test_all_are_listed_with_who_asked_and_none_of_what_it_is_about(admin: FlaskClient, make: Factory) -> None:
    number = asked(make)
    page = admin.get("/admin/jobs").text + admin.get(f"/admin/jobs/{number}").text
    assert "罗老师" in page
    assert "王芳" not in page


def test_the_list_is_cut_by_state_and_by_kind(admin: FlaskClient, make: Factory) -> None:
    asked(make, state=JobState.FAILED)
    asked(make, "broken")
    asked(make)
    assert listed(admin.get("/admin/jobs").text) == 3
    assert listed(admin.get("/admin/jobs?state=failed").text) == 1
    assert listed(admin.get("/admin/jobs?kind=broken").text) == 1
    assert listed(admin.get("/admin/jobs?kind=broken&state=failed").text) == 0
    assert listed(admin.get("/admin/jobs?kind=nonsense&state=nonsense").text) == 3
    assert "排队中 2" in admin.get("/admin/jobs").text


def test_the_list_goes_on_on_the_next_page_and_asks_no_more_for_many(
    admin: FlaskClient, make: Factory, app: Flask
) -> None:
    asked(make)
    with statements(app) as for_one:
        admin.get("/admin/jobs")
    make.do(enqueue_all, "idle", [{}] * 50, at=now())
    with statements(app) as for_many:
        page = admin.get("/admin/jobs").text
    assert len(for_many) <= len(for_one)
    assert listed(page) == 50
    following = page.rpartition('rel="next" href="')[2].partition('"')[0]
    assert listed(admin.get(following).text) == 1


def test_of_an_error_nobody_thought_of_only_its_kind_is_shown(admin: FlaskClient, make: Factory, app: Flask) -> None:
    number = asked(make, "broken", attempts=4)
    with app.app_context():
        Worker(app).work_off()
    page = admin.get(f"/admin/jobs/{number}").text
    assert "系统出了点问题" in page
    assert "ValueError" in page
    assert "王芳" not in page


def test_what_was_parked_says_what_to_find_out_and_is_done_again_on_request(
    admin: FlaskClient, make: Factory, app: Flask
) -> None:
    number = asked(make, state=JobState.PARKED)
    page = admin.get(f"/admin/jobs/{number}").text
    assert "请先查清楚" in page
    assert "data-confirm" in page.rpartition(f"/admin/jobs/{number}/repetition")[2][:40]
    assert admin.post(f"/admin/jobs/{number}/repetition").status_code == 303
    assert state(app, number) is JobState.WAITING
    assert "不用再做" in admin.post(f"/admin/jobs/{number}/repetition", follow_redirects=True).text


def test_a_job_is_stopped_once(admin: FlaskClient, make: Factory, app: Flask) -> None:
    number = asked(make)
    admin.post(f"/admin/jobs/{number}/cancellation")
    assert state(app, number) is JobState.CANCELLED
    assert "不用再做" in admin.post(f"/admin/jobs/{number}/cancellation", follow_redirects=True).text


def test_the_parts_of_a_job_are_listed_with_it_and_are_not_stopped_one_by_one(
    admin: FlaskClient, make: Factory, app: Flask
) -> None:
    whole = asked(make, state=JobState.SPLIT, parts=3)
    make.do(enqueue_all, "idle", [{}] * 3, at=now(), parent_id=whole)
    page = admin.get(f"/admin/jobs/{whole}").text
    assert listed(page) == 3
    assert listed(admin.get("/admin/jobs").text) == 1
    part = f"/admin/jobs/{whole + 1}"
    assert f'href="/admin/jobs/{whole}"' in admin.get(part).text
    assert "cancellation" not in admin.get(part).text
    admin.post(f"{part}/cancellation")
    assert state(app, whole + 1) is JobState.WAITING


def test_it_warns_when_nobody_takes_up_what_is_due(admin: FlaskClient, make: Factory) -> None:
    number = asked(make)
    assert NOBODY not in admin.get("/admin/jobs").text
    make.do(change, number, {"run_at": now() - timedelta(seconds=31)})
    assert NOBODY in admin.get("/admin/jobs").text
    assert NOBODY in admin.get(f"/admin/jobs/{number}").text


def test_it_does_not_warn_while_a_worker_is_busy(admin: FlaskClient, make: Factory) -> None:
    asked(make, run_at=now() - timedelta(minutes=5))
    busy: dict[str, Any] = {
        "state": JobState.RUNNING,
        "owner": "somebody",
        "lease_until": now() + timedelta(seconds=60),
    }
    asked(make, **busy)
    assert NOBODY not in admin.get("/admin/jobs").text


def test_it_warns_of_what_a_worker_left_lying(admin: FlaskClient, make: Factory) -> None:
    left: dict[str, Any] = {"state": JobState.RUNNING, "owner": "somebody", "lease_until": now() - timedelta(minutes=1)}
    asked(make, **left)
    assert NOBODY in admin.get("/admin/jobs").text


def test_a_job_that_is_not_there_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/admin/jobs/99").status_code == 404
    assert admin.post("/admin/jobs/99/repetition").status_code == 404
    assert admin.post("/admin/jobs/99/cancellation").status_code == 404


def test_it_is_for_administrators_alone(personas: Personas) -> None:
    assert personas.manager.get("/admin/jobs").status_code == 403


def test_a_backup_is_written_now_and_asking_twice_makes_one(admin: FlaskClient) -> None:
    assert "/admin/jobs/backup" not in admin.get("/admin/jobs").text
    assert "/admin/jobs/backup" in admin.get("/admin/jobs?kind=backup").text
    first, again = (admin.post("/admin/jobs/backup") for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert "备份" in admin.get(first.location).text


def test_a_sending_job_that_retries_shows_the_attempts_of_its_letters(
    admin: FlaskClient, make: Factory, app: Flask
) -> None:
    number = make.do(enqueue, SEND, {"channel": Channel.SMS, "deliveries": [], "is_urgent": False}, at=now())
    make.do(_tried, number, make.user().id)
    page = admin.get(f"/admin/jobs/{number}").text
    assert "<dd>3</dd>" in page
    assert "已发 0，待发 1，未送达 0" in page
    assert '<td data-label="试了几次">3</td>' in admin.get(f"/admin/jobs?kind={SEND}").text


def _tried(job_id: int, user_id: int) -> None:
    address = {"channel": Channel.SMS, "address": "13800138000"}
    db.session.add(Delivery(job_id=job_id, user_id=user_id, attempts=3, made_at=now(), **address))
