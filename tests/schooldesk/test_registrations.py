"""The school's list: its own confirmed pupils, on the page and as a file."""

import codecs
import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.events.models import Event
from app.organisations.models import Organisation
from app.people.models import Enrolment
from app.people.operations import confirm_enrolments, reopen_enrolment
from tests.factories import Factory
from tests.reading import as_table, column
from tests.signing_in import Personas


@dataclass
class Office:
    """A school's office, and what makes pupils sign up."""

    client: FlaskClient
    school: Organisation
    make: Factory

    def pupil(self, event: Event, name: str, *, is_confirmed: bool = True, class_name: str = "") -> int:
        """Sign a pupil up and return the enrolment's id."""
        registration = self.make.registration(event.slots[0], name=name, school=self.school, class_name=class_name)
        return self.make.do(_answer, registration.person_id, is_confirmed)

    def page(self, query: str = "") -> str:
        """Return the list as the office sees it."""
        return self.client.get(f"/school/registrations{query}").text

    def download(self, file_format: str, **data: object) -> TestResponse:
        """Take the list as a file."""
        form = {"file_format": file_format, "purpose": "contact"} | data
        return self.client.post("/school/registrations/download", data=form)


def _answer(person_id: int, is_confirmed: bool) -> int:
    enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()
    if is_confirmed:
        confirm_enrolments([enrolment.id], enrolment.school_id, by=1, at=now())
    return enrolment.id


@pytest.fixture
def office(personas: Personas, make: Factory) -> Office:
    """The office of the school."""
    return Office(personas.school_office, personas.school, make)


def names_on(page: str) -> list[str]:
    """Return the names in the table of a page."""
    return re.findall(r'<th scope="row">([^<]*)</th>', page)


def test_only_pupils_that_the_school_has_confirmed_are_on_it(office: Office, make: Factory) -> None:
    event = make.event()
    office.pupil(event, "曾晓雨")
    office.pupil(event, "还没确认", is_confirmed=False)
    make.registration(event.slots[0], name="别校学生", school=make.school())
    make.registration(event.slots[0], name="没有学校")
    assert names_on(office.page()) == ["曾晓雨"]


def test_an_answer_taken_back_takes_the_pupil_off_the_list(office: Office, make: Factory) -> None:
    enrolment_id = office.pupil(make.event(), "曾晓雨")
    make.do(reopen_enrolment, enrolment_id, office.school.id)
    assert names_on(office.page()) == []


def test_it_goes_by_the_school_of_the_sign_up(office: Office, make: Factory) -> None:
    enrolment_id = office.pupil(make.event(), "转学生")

    def change_schools() -> None:
        left = db.session.get_one(Enrolment, enrolment_id)
        left.ended_at = now()

    make.do(change_schools)
    assert names_on(office.page()) == ["转学生"]


def test_it_can_be_narrowed_to_one_event(office: Office, make: Factory) -> None:
    first, second = make.event(title="第一场"), make.event(title="第二场")
    office.pupil(first, "曾晓雨")
    office.pupil(second, "王芳")
    assert names_on(office.page(f"?event={first.id}")) == ["曾晓雨"]


@pytest.mark.parametrize("query", ["?event=x&after=y", f"?after={10**30}", "?school=0&event=-1", "?after=999999"])
def test_nonsense_in_the_address_breaks_nothing(office: Office, make: Factory, query: str) -> None:
    office.pupil(make.event(), "曾晓雨")
    assert office.client.get(f"/school/registrations{query}").status_code == 200


def test_the_pages_of_a_long_list_hold_everybody_once(office: Office, make: Factory) -> None:
    event = make.event(capacity=60)
    everybody = [f"学生{'甲乙丙丁戊己庚辛壬癸'[number % 10]}" for number in range(52)]
    for name in everybody:
        office.pupil(event, name)
    first = office.page()
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = office.client.get(following.replace("&amp;", "&")).text
    assert (len(names_on(first)), len(names_on(second))) == (50, 2)
    assert sorted(names_on(first) + names_on(second)) == sorted(everybody)
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


def test_classes_come_in_school_order_on_every_page_and_in_the_file(office: Office, make: Factory) -> None:
    event = make.event(capacity=60)
    in_order = [*["七年级2班"] * 20, *["高一3班"] * 15, *["高二1班"] * 15, "高三1班", "阳光班"]
    for class_name in reversed(in_order):
        office.pupil(event, "林晓雨", class_name=class_name)
    first = office.page()
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = office.client.get(following.replace("&amp;", "&")).text
    assert [one for page in (first, second) for one in re.findall("[七高阳][^<]*班(?=<)", page)] == in_order
    assert column(as_table(office.download("csv")), "班级") == in_order


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_the_file_holds_the_same_people_with_everything_as_text(
    office: Office, make: Factory, file_format: str
) -> None:
    event = make.event(title="=1+1 交流日")
    office.pupil(event, "曾晓雨")
    office.pupil(event, "还没确认", is_confirmed=False)
    table = as_table(office.download(file_format, with_phones="y"))
    assert column(table, "姓名") == ["曾晓雨"]
    assert [phone.strip() for phone in column(table, "联系电话")] == ["13712345678"]
    (title,) = column(table, "活动")
    assert title == ("'=1+1 交流日" if file_format == "csv" else "=1+1 交流日")
    assert all(isinstance(cell, str) for row in table for cell in row)


def test_the_csv_says_that_it_is_utf_8(office: Office, make: Factory) -> None:
    office.pupil(make.event(), "曾晓雨")
    download = office.download("csv")
    assert download.data.startswith(codecs.BOM_UTF8)
    assert "filename*=UTF-8''" in download.headers["Content-Disposition"]
    assert download.headers["Cache-Control"] == "no-store"


def test_a_download_is_written_down_with_its_purpose(office: Office, make: Factory, app: Flask) -> None:
    for name in ("曾晓雨", "王芳"):
        office.pupil(make.event(), name)
    office.download("xlsx")
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry))
    written = (entry.action, entry.record, entry.record_id, entry.people, entry.purpose)
    assert written == ("download", "school_registrations", office.school.id, 2, "contact")


@pytest.mark.parametrize("wrong", [{"purpose": "gossip"}, {"purpose": ""}, {"file_format": "exe"}])
def test_without_a_purpose_there_is_no_file_and_no_entry(office: Office, app: Flask, wrong: dict[str, str]) -> None:
    form = {"file_format": "xlsx", "purpose": "check"} | wrong
    answer = office.client.post("/school/registrations/download", data=form)
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(AccessEntry)).all() == []


def test_an_office_cannot_ask_for_another_school(office: Office, make: Factory) -> None:
    other = make.school()
    make.registration(name="别校学生", school=other)
    assert other.name not in office.page(f"?school={other.id}")
    assert "别校学生" not in str(as_table(office.download("csv", school=other.id)))
