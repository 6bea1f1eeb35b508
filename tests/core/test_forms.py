"""What may be typed, and what becomes of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField

from app.core.clock import local
from app.core.fields import DayField, LineField, MomentField, PhoneField, TextField, WholeField
from app.core.forms import Form, after, at_most, required
from app.core.problems import Problem
from app.core.typed import read_day, read_phone, squeezed

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


class Sheet(Form):
    """One field of each sort."""

    line = LineField("Line", [required(), at_most(10)])
    text = TextField("Text")
    number = WholeField("Number", 1, 100)
    phone = PhoneField("Phone")
    day = DayField("Day")
    begins = MomentField("Begins")
    ends = MomentField("Ends", [after("begins", "It must end after it begins.")])


GOOD = {"line": "王芳", "number": "5"}


class About(Problem):
    """A rule about the phone."""

    field = "phone"


@pytest.fixture
def typed(app: Flask) -> Iterator[Any]:
    """Fill the sheet in; what is not said is good."""
    with app.test_request_context("/", method="POST"):
        yield lambda **values: Sheet(MultiDict(GOOD | values))


@pytest.mark.parametrize(
    "text",
    [
        "20120518",
        "2012-5-18",
        "2012-05-18",
        "2012/5/18",
        "2012.05.18",
        "2012年5月18日",
        "2012 5 18",
        "２０１２０５１８",
    ],
)
def test_a_day_is_read_however_people_write_it(typed: Any, text: str) -> None:
    sheet = typed(day=text)
    assert sheet.validate()
    assert sheet.day.data == date(2012, 5, 18)


@pytest.mark.parametrize("text", ["2012", "18-5-2012", "20121301", "20120230", "2012518", "yesterday", "120518"])
def test_what_is_no_day_is_refused_and_still_stands_in_the_field(typed: Any, text: str) -> None:
    sheet = typed(day=text)
    assert not sheet.validate()
    assert list(sheet.errors) == ["day"]
    assert f'value="{text}"' in sheet.day()


def test_29_february_exists_in_leap_years_only(typed: Any) -> None:
    assert read_day("20120229") == date(2012, 2, 29)
    assert read_day("20130229") is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("13800138000", "13800138000"),
        (" 138 0013-8000 ", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("+852 5123 4567", "+85251234567"),
    ],
)
def test_a_phone_number_is_stored_in_one_form(typed: Any, text: str, stored: str) -> None:
    sheet = typed(phone=text)
    assert sheet.validate()
    assert sheet.phone.data == stored


@pytest.mark.parametrize("text", ["12345", "1380013800", "138001380001", "12800138000", "010-12345678", "abc", "+"])
def test_what_is_no_mobile_number_is_refused_and_still_stands_in_the_field(typed: Any, text: str) -> None:
    sheet = typed(phone=text)
    assert not sheet.validate()
    assert f'value="{text}"' in sheet.phone()


def test_an_empty_phone_is_none_and_not_an_empty_text(typed: Any) -> None:
    sheet = typed(phone="  ")
    assert sheet.validate()
    assert sheet.phone.data is None
    assert read_phone("") is None


MOMENTS = [
    "2026-05-18 09:00",
    "2026-05-18T09:00",
    "2026年5月18日 9:00",
    "2026 年 5 月 18 日（周一）09:00",
    "2026/5/18 上午9点",
    "20260518 0900",
    "202605180900",
    "２０２６－０５－１８　９：００",
]


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_typed_in_shanghai_and_handed_on_in_utc(typed: Any, text: str) -> None:
    sheet = typed(begins=text)
    assert sheet.validate()
    assert sheet.begins.data == datetime(2026, 5, 18, 1, 0, tzinfo=UTC)
    assert sheet.begins.data.tzinfo is UTC


def test_a_stored_moment_is_shown_as_the_clock_in_shanghai_shows_it(app: Flask) -> None:
    with app.test_request_context("/"):
        sheet = Sheet(data={"begins": datetime(2026, 5, 17, 23, 30, tzinfo=UTC)})
        assert 'value="2026-05-18 07:30"' in sheet.begins()


@pytest.mark.parametrize(("text", "hour", "minute"), [("2026.5.18 下午2:05", 14, 5), ("2026-5-18 晚上7点半", 19, 30)])
def test_an_afternoon_is_understood(typed: Any, text: str, hour: int, minute: int) -> None:
    assert local(typed(begins=text).begins.data).timetuple()[3:5] == (hour, minute)


@pytest.mark.parametrize("text", ["2026-02-30 09:00", "2026-05-18 25:00", "2026-05-18", "9:00"])
def test_a_moment_that_is_none_stays_as_it_was_typed(typed: Any, text: str) -> None:
    sheet = typed(begins=text)
    assert not sheet.validate()
    assert f'value="{text}"' in sheet.begins()


def test_what_is_no_moment_is_refused_and_an_empty_one_is_none(typed: Any) -> None:
    sheet = typed(begins="soon")
    assert not sheet.validate()
    assert list(sheet.errors) == ["begins"]
    assert 'value="soon"' in sheet.begins()
    assert typed(begins=" ").begins.data is None


def test_what_ends_must_end_after_it_begins(typed: Any) -> None:
    assert typed(begins="2026-05-18T09:00", ends="2026-05-18T09:01").validate()
    for ends in ("2026-05-18T09:00", "2026-05-17T10:00"):
        sheet = typed(begins="2026-05-18T09:00", ends=ends)
        assert not sheet.validate()
        assert sheet.errors == {"ends": ["It must end after it begins."]}


@pytest.mark.parametrize("text", ["", " ", "　", "\t\n"])
def test_white_space_is_not_something_filled_in(typed: Any, text: str) -> None:
    sheet = typed(line=text)
    assert not sheet.validate()
    assert list(sheet.errors) == ["line"]


def test_a_line_is_tidied_and_counted_in_characters(typed: Any) -> None:
    assert squeezed("  cafe\u0301　 张\t三 ") == "café 张 三"
    assert squeezed(None) == ""
    assert typed(line="一二三四五六七八九十").validate()
    assert not typed(line="一二三四五六七八九十一").validate()


def test_a_sign_that_postgresql_cannot_store_is_dropped(typed: Any) -> None:
    sheet = typed(line="王\0芳", text="a\0b")
    assert (sheet.line.data, sheet.text.data) == ("王芳", "ab")


@pytest.mark.parametrize("text", ["0", "101", "-1", "5.5", "many", "", "9" * 40])
def test_a_number_stays_within_its_bounds(typed: Any, text: str) -> None:
    sheet = typed(number=text)
    assert not sheet.validate()
    assert list(sheet.errors) == ["number"]


def test_a_rules_no_stands_beside_its_field_or_above_the_form(typed: Any) -> None:
    sheet = typed()
    assert sheet.validate()
    assert sheet.status == 200
    sheet.refuse(About())
    assert sheet.errors == {"phone": [About().message]}
    sheet.refuse(Problem())
    assert sheet.form_errors == [Problem().message]
    assert sheet.status == 422


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "1999-12-31T23:59", "9999-12-31T23:59"])
def test_a_moment_outside_of_this_century_is_refused(typed: Any, moment: str) -> None:
    sheet = typed(begins=moment)
    assert not sheet.validate()
    assert sheet.begins.errors


def test_of_one_choice_that_was_sent_twice_the_first_counts(app: Flask) -> None:
    class Choice(Form):
        one = SelectField("One", [required()], choices=["", "a"])
        several = SelectMultipleField("Several", [required()], choices=["", "a"])

    sent = MultiDict([("one", ""), ("one", "a"), ("several", ""), ("several", "a")])
    with app.test_request_context(method="POST", data=sent):
        form = Choice()
        assert not form.validate_on_submit()
        assert set(form.errors) == {"one"}
