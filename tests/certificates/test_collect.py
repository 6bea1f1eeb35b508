"""All certificates of an event as one file: asked for at the desk, made by a worker, taken by whoever asked."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from app.certificates import jobs
from app.certificates.bundles import file_name
from app.certificates.models import Certificate
from app.certificates.operations import issue, revoke
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.core.worker import Worker
from app.events.models import Event
from app.organisations.models import Membership
from app.organisations.operations import end_membership
from tests.factories import Factory
from tests.signing_in import Personas

NAMES = ("林晓雨", "O’Brien", "阿依古丽·买买提", "欧阳娜娜", "王芳")


@dataclass
class Desk:
    """The certificates of an event, the second of which is void, at the desk of the host's staff."""

    personas: Personas
    event: Event
    certificates: Sequence[Certificate]

    @property
    def address(self) -> str:
        """Where one asks for all of them."""
        return f"/desk/events/{self.event.id}/certificates/collection"

    def ask(self, bundle: str = "pdf", purpose: str = "print") -> str:
        """Ask for all of them and return the address of the job."""
        answer = self.personas.staff.post(self.address, data={"bundle": bundle, "purpose": purpose})
        assert answer.status_code == 303
        return str(answer.location)

    def take(self, job: str) -> bytes:
        """Return the file that a job made."""
        answer = self.personas.staff.get(f"{job}/result", buffered=True)
        assert answer.status_code == 200, answer.text
        return bytes(answer.data)


@pytest.fixture
def desk(app: Flask, personas: Personas, make: Factory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk; parts are of two certificates, so that there are several."""
    monkeypatch.setattr(jobs, "_IN_A_PART", 2)
    event = make.going_on(personas.host)
    for name in NAMES:
        make.arrival(make.registration(event.slots[0], name=name))
    issued = make.do(issue, event.id, by=make.user().id, at=now())
    make.do(revoke, issued[1].id, "名字写错了", by=make.user().id, at=now())
    return Desk(personas, event, [one for one in issued if one is not issued[1]])


def work_off(app: Flask) -> None:
    """Do what is due, and what comes of it."""
    with app.app_context():
        Worker(app).work_off()


def take_a_step(app: Flask) -> None:
    """Do what is due, and nothing that comes of it: share out, or draw, or put together."""
    with app.app_context():
        Worker(app).work_off(now())


def rows(app: Flask, kind: str) -> Sequence[Job]:
    """Return the jobs of a kind."""
    with app.app_context():
        return db.session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id)).all()


def texts(pdf: bytes) -> list[str]:
    """Return what stands on each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def files(app: Flask) -> list[Path]:
    """Return what lies among the results."""
    return list((Path(app.config["DATA"]) / "results").glob("*"))


def test_all_that_stand_come_as_one_pdf_in_the_order_of_their_numbers(app: Flask, desk: Desk) -> None:
    job = desk.ask()
    work_off(app)
    pages = texts(desk.take(job))
    assert len(pages) == len(NAMES) - 1
    assert [one.number in page for one, page in zip(desk.certificates, pages, strict=True)] == [True] * len(pages)
    assert "完成" in desk.personas.staff.get(job).text


def test_each_comes_in_a_file_of_its_own_under_number_and_name(app: Flask, desk: Desk) -> None:
    job = desk.ask("zip")
    work_off(app)
    with ZipFile(io.BytesIO(desk.take(job))) as file:
        assert file.namelist() == [f"{one.number}-{one.person_name}.pdf" for one in desk.certificates]
        assert file.infolist()[0].flag_bits & 0x800 == 0x800  # the names are in UTF-8 and say so
        assert desk.certificates[2].number in texts(file.read(file.namelist()[2]))[0]


def test_a_name_is_one_that_windows_takes() -> None:
    assert file_name('TX1-a/b\\c:d*e?"f<g>|h\n.') == "TX1-a_b_c_d_e__f_g__h_"


def test_several_workers_share_the_parts_and_the_parts_do_not_stay(app: Flask, desk: Desk) -> None:
    before = files(app)
    desk.ask("zip")
    work_off(app)
    assert [len(part.payload["certificates"]) for part in rows(app, jobs.DRAW)] == [2, 2]
    assert len(set(files(app)) - set(before)) == 1


def test_asking_again_at_once_leads_to_what_is_under_way(app: Flask, desk: Desk) -> None:
    first = desk.ask("zip")
    assert desk.ask("zip") == first
    assert desk.ask("pdf") != first
    work_off(app)
    assert desk.ask("zip") != first


def test_who_took_it_and_what_for_is_written_down_each_time(app: Flask, desk: Desk) -> None:
    job = desk.ask("zip", "archive")
    work_off(app)
    desk.take(job)
    desk.take(job)
    with app.app_context():
        entries = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "event_certificates")).all()
    assert [(one.action, one.record_id, one.people, one.purpose) for one in entries] == [
        ("download", desk.event.id, len(NAMES) - 1, "archive")
    ] * 2


def test_without_one_that_stands_it_says_so(app: Flask, desk: Desk, make: Factory) -> None:
    job = desk.ask()
    for one in desk.certificates:
        make.do(revoke, one.id, "测试", by=make.user().id, at=now())
    work_off(app)
    page = desk.personas.staff.get(job).text
    assert "没做成" in page
    assert "已经没有有效的证书了" in page
    assert desk.personas.staff.get(f"{job}/result").status_code == 404


def test_one_that_was_declared_void_meanwhile_is_left_out(app: Flask, desk: Desk, make: Factory) -> None:
    job = desk.ask("zip")
    take_a_step(app)
    make.do(revoke, desk.certificates[0].id, "测试", by=make.user().id, at=now())
    work_off(app)
    with ZipFile(io.BytesIO(desk.take(job))) as file:
        assert len(file.namelist()) == len(NAMES) - 2


def test_parts_that_are_gone_by_now_are_not_left_out_in_silence(app: Flask, desk: Desk) -> None:
    before = files(app)
    job = desk.ask("zip")
    take_a_step(app)
    take_a_step(app)
    for file in set(files(app)) - set(before):
        file.unlink()
    work_off(app)
    assert "请重新生成" in desk.personas.staff.get(job).text
    assert desk.personas.staff.get(f"{job}/result").status_code == 404


def test_who_left_the_host_does_not_get_the_file_any_more(app: Flask, desk: Desk, make: Factory) -> None:
    job = desk.ask("zip")
    work_off(app)
    with app.app_context():
        own = db.session.scalars(select(Membership).where(Membership.organisation_id == desk.event.host_id)).all()
    for membership in own:
        make.do(end_membership, membership.id, at=now())
    assert desk.personas.staff.get(job).status_code == 200
    assert desk.personas.staff.get(f"{job}/result").status_code == 404


def test_it_is_for_staff_of_the_host_alone(app: Flask, desk: Desk) -> None:
    form = {"bundle": "pdf", "purpose": "print"}
    assert desk.personas.outsider.post(desk.address, data=form).status_code == 404
    assert desk.personas.school_office.post(desk.address, data=form).status_code == 403
    assert rows(app, jobs.COLLECT) == []


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("form", [{"bundle": "exe", "purpose": "print"}, {"bundle": "pdf", "purpose": "fun"}])
def test_neither_another_file_nor_another_purpose_can_be_asked_for(
    app: Flask, desk: Desk, form: dict[str, str]
) -> None:
    assert desk.personas.staff.post(desk.address, data=form).status_code == 422
    assert rows(app, jobs.COLLECT) == []
