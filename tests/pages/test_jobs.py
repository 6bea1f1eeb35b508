"""One's own jobs: how far they are, what they made, and for whom that is."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts.models import Session, User
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Asker, Job, JobState, enqueue
from app.core.results import KEPT_FOR, result_path
from app.core.tidying import tidy_results
from app.core.worker import Worker
from app.core.working import GiveUp, Work
from tests.counting import statements
from tests.factories import Factory
from tests.signing_in import Personas, signed_in
from tests.work import kinds

NOT_HERE = "请在当时的设备上下载"
GONE = "文件只留一天"


def write_a_file(work: Work) -> None:
    """Make what a person may fetch."""
    work.new_file("名单 2026.txt", "text/plain").write_text("王芳")


def refuse(_work: Work) -> None:
    """Break off like something nobody had thought of."""
    raise ValueError("王芳 138")


def give_up(_work: Work) -> None:
    """Break off with words."""
    raise GiveUp("没有纸了")


@dataclass
class Owner:
    """Somebody who asks for things, in one of several sessions."""

    app: Flask
    make: Factory
    user: User
    client: FlaskClient

    def ask(self, kind: str = "write", **changes: Any) -> str:
        """Ask for a job and return its address."""
        number = self.make.do(enqueue, kind, {}, asker=Asker(self.user.id, self._session()), at=now())
        if changes:
            self.make.do(change, number, changes)
        return f"/jobs/{number}"

    def made(self) -> str:
        """Ask for a file, have it made, and return the job's address."""
        address = self.ask()
        work_off(self.app)
        return address

    def elsewhere(self) -> FlaskClient:
        """Return another browser of the same person."""
        return signed_in(self.app, self.user)

    def _session(self) -> int:
        with self.app.app_context():
            own = select(Session.id).where(Session.user_id == self.user.id).order_by(Session.id)
            return db.session.scalars(own).first() or 0


def change(job_id: int, changes: dict[str, Any]) -> None:
    """Put a job into a state; an operation."""
    db.session.execute(update(Job).where(Job.id == job_id).values(**changes))


def work_off(app: Flask) -> None:
    """Do what is due."""
    with app.app_context():
        Worker(app).work_off()


@pytest.fixture
def owner(app: Flask, make: Factory) -> Iterator[Owner]:
    """Somebody signed in, and kinds of work for tests."""
    user = make.user()
    with kinds(write=write_a_file, broken=refuse, given_up=give_up):
        yield Owner(app, make, user, signed_in(app, user))


def test_a_job_is_told_and_keeps_itself_up_to_date_until_it_is_over(owner: Owner) -> None:
    address = owner.ask(parts=4, parts_done=3, state=JobState.SPLIT, started_at=now() - timedelta(minutes=6))
    page = owner.client.get(address).text
    assert "正在做" in page
    assert 'aria-valuenow="75"' in page
    assert "大约还要 2 分钟" in page
    assert f'data-follow="{address}?part=card"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    part = owner.client.get(f"{address}?part=card").text
    assert 'aria-valuenow="75"' in part
    assert "<html" not in part


def test_a_job_that_is_over_asks_no_more(owner: Owner) -> None:
    page = owner.client.get(owner.made()).text
    assert "完成" in page
    assert "data-follow" not in page
    assert "refresh" not in page


def test_a_result_comes_under_its_own_name_and_is_kept_by_no_cache(owner: Owner) -> None:
    answer = owner.client.get(f"{owner.made()}/result", buffered=True)
    assert answer.text == "王芳"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E5%90%8D%E5%8D%95%202026.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_finds_a_job_or_what_it_made(owner: Owner, personas: Personas) -> None:
    address = owner.made()
    for client in (personas.young(), personas.staff, personas.administrator):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/result").status_code == 404
        assert client.post(f"{address}/cancellation").status_code == 404
        assert client.post(f"{address}/repetition").status_code == 404


def test_another_session_of_the_same_person_sees_the_job_and_does_not_get_the_file(owner: Owner) -> None:
    address = owner.made()
    elsewhere = owner.elsewhere()
    assert NOT_HERE in elsewhere.get(address).text
    answer = elsewhere.get(f"{address}/result")
    assert answer.status_code == 404
    assert NOT_HERE in answer.text


def test_a_session_that_inherited_the_number_of_an_old_one_does_not_get_the_file(owner: Owner, make: Factory) -> None:
    address = owner.made()
    make.do(begin_now, owner.user.id)
    assert owner.client.get(f"{address}/result").status_code == 404


def begin_now(user_id: int) -> None:
    """Let somebody's sessions begin at this moment; an operation."""
    db.session.execute(update(Session).where(Session.user_id == user_id).values(started_at=now()))


def test_after_a_day_a_result_is_refused_though_its_file_were_still_there(owner: Owner, make: Factory) -> None:
    address = owner.made()
    make.do(change, int(address.rpartition("/")[2]), {"finished_at": now() - KEPT_FOR})
    answer = owner.client.get(f"{address}/result")
    assert answer.status_code == 404
    assert GONE in answer.text
    assert GONE in owner.client.get(address).text


def test_a_file_goes_within_a_day(app: Flask, owner: Owner) -> None:
    address = owner.made()
    with app.app_context():
        row = db.session.get_one(Job, int(address.rpartition("/")[2]))
        path, old = result_path(row.result), (now() - timedelta(hours=23, minutes=1)).timestamp()
        assert path
        os.utime(path, (old, old))
        tidy_results(None)  # type: ignore[arg-type]
        assert not path.exists()
    assert owner.client.get(f"{address}/result").status_code == 404


def test_what_was_stopped_is_done_when_asked_again(owner: Owner, app: Flask) -> None:
    address = owner.ask()
    assert owner.client.post(f"{address}/cancellation").status_code == 303
    assert "已停止" in owner.client.get(address).text
    assert "已经结束" in owner.client.post(f"{address}/cancellation", follow_redirects=True).text
    assert "排队中" in owner.client.post(f"{address}/repetition", follow_redirects=True).text
    assert "没有要重做的" in owner.client.post(f"{address}/repetition", follow_redirects=True).text
    work_off(app)
    assert "完成" in owner.client.get(address).text


def test_what_went_wrong_is_told_without_what_a_library_said(owner: Owner, app: Flask) -> None:
    unforeseen, foreseen = owner.ask("broken", attempts=4), owner.ask("given_up")
    work_off(app)
    page = owner.client.get(unforeseen).text
    assert "没做成" in page
    assert "系统出了点问题" in page
    assert "王芳" not in page
    assert "没有纸了" in owner.client.get(foreseen).text


def test_what_somebody_has_to_look_at_is_not_repeated_by_whoever_asked(owner: Owner) -> None:
    address = owner.ask(state=JobState.PARKED)
    assert "再试一次" not in owner.client.get(address).text
    assert "没有要重做的" in owner.client.post(f"{address}/repetition", follow_redirects=True).text


def test_who_waits_for_nobody_is_told(owner: Owner) -> None:
    page = owner.client.get(owner.ask(run_at=now() - timedelta(minutes=1))).text
    assert "服务器现在没有在干活" in page


def test_inside_wechat_it_says_how_to_download(owner: Owner) -> None:
    wechat = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0"}
    assert "在浏览器打开" in owner.client.get(owner.made(), headers=wechat).text


def test_the_list_says_how_each_stands_and_an_empty_one_what_to_do(owner: Owner, app: Flask) -> None:
    assert "还没有任务" in owner.client.get("/jobs").text
    owner.made()
    owner.ask("given_up")
    work_off(app)
    page = owner.client.get("/jobs").text
    assert "可以下载" in page
    assert "没做成" in page
    assert "在当时的设备上" in owner.elsewhere().get("/jobs").text


def test_the_list_goes_on_on_the_next_page_and_asks_no_more_for_many(owner: Owner, app: Flask) -> None:
    owner.ask()
    with statements(app) as for_one:
        owner.client.get("/jobs")
    for _ in range(50):
        owner.ask()
    with statements(app) as for_many:
        page = owner.client.get("/jobs").text
    assert len(for_many) == len(for_one)
    assert page.count('scope="row"') == 50
    following = page.rpartition('rel="next" href="')[2].partition('"')[0]
    assert owner.client.get(following).text.count('scope="row"') == 1
