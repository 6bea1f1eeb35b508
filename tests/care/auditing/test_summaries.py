"""The summary of a year: under 14 and under 18 apart, read and taken apart, without a name."""

from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from flask import Flask

from app.care.auditing import summaries
from app.care.auditing.summaries import Sums
from app.care.auditing.summary_jobs import PaperFormat, ask_for_summary
from app.care.auditing.summary_paper import paper_of, table_of
from app.core.audit import Whose, note_access
from app.core.clock import SHANGHAI, local_day, now
from app.core.jobs import Asker, JobState
from app.core.results import result_path
from tests.factories import Factory
from tests.signing_in import Personas
from tests.work import the_job, work_off

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def year(make: Factory) -> int:
    """A year with two looks and one download; a moment later it is the next year in Shanghai."""
    user = make.user("翟敏").id
    last, after = (datetime(2025, 12, 31, 23, 59, tzinfo=SHANGHAI), datetime(2026, 1, 1, tzinfo=SHANGHAI))
    for _twice in range(2):
        make.do(note_access, "read", "registration", 1, people=Whose(1, 1, 1, 0), purpose="", by=user, at=last)
    many = Whose(40, None, 12, 20)
    make.do(note_access, "full download", "event_registrations", 1, people=many, purpose="contact", by=user, at=last)
    make.do(note_access, "download", "event_registrations", 1, people=many, purpose="check", by=user, at=after)
    return 2025


def text_of(docx: bytes) -> str:
    """Return the words of a document, a line each paragraph."""
    with ZipFile(BytesIO(docx)) as packed:
        root = ElementTree.fromstring(packed.read("word/document.xml"))
        assert all(ElementTree.fromstring(packed.read(name)) is not None for name in packed.namelist())
    return "\n".join("".join(run.text or "" for run in one.iter(f"{_W}t")) for one in root.iter(f"{_W}p"))


def test_minors_are_counted_apart_and_the_year_is_that_of_shanghai(inside: Flask, year: int) -> None:
    lines = summaries.lines_of(year)
    assert summaries.sums(one for one in lines if not one.is_taken) == Sums(2, 2, 2, 0)
    assert summaries.sums(one for one in lines if one.is_taken) == Sums(1, 40, 12, 20)
    assert summaries.staff_count(year) == 1


def test_the_paper_says_it_in_the_words_of_offices(inside: Flask, year: int) -> None:
    with inside.test_request_context():
        paper = text_of(paper_of(year, summaries.lines_of(year), "清溪县青少年宫", local_day(now())))
    assert "2025年度未成年人个人信息访问情况报告" in paper
    assert "读取2次、涉及2人次，其中不满14周岁2人次、14至17周岁0人次" in paper
    assert "取走1次、涉及40人次，其中不满14周岁12人次、14至17周岁20人次" in paper
    assert "一、按操作" in paper
    assert "翟敏" not in paper


def test_the_table_has_all_parts(inside: Flask, year: int) -> None:
    with inside.test_request_context():
        book = table_of(year, summaries.lines_of(year))
    with ZipFile(BytesIO(book)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 1 + 1 + 2 + 1 + 2


@pytest.mark.parametrize("paper", list(PaperFormat))
def test_the_job_makes_either(inside: Flask, make: Factory, year: int, paper: PaperFormat) -> None:
    number = make.do(ask_for_summary, year, paper, asker=Asker(make.user().id), at=now())
    work_off(inside)
    row = the_job(number)
    assert row.state is JobState.DONE, row.error
    path = result_path(row.result)
    assert path
    assert path.read_bytes().startswith(b"PK")


def test_the_auditor_asks_for_it(personas: Personas, year: int) -> None:
    assert 'value="2025"' in personas.auditor.get("/audit/summary").text
    answer = personas.auditor.post("/audit/summary", data={"year": "2025", "file_format": "docx"})
    assert (answer.status_code, answer.location[:6]) == (303, "/jobs/")
    assert personas.auditor.post("/audit/summary", data={"year": "1999", "file_format": "docx"}).status_code == 422
