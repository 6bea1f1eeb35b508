"""What is read out of a class's list, as schools have it, and what is left alone."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from flask import Flask

from app.schooldesk.rosters.cells import rows_of_file, rows_of_text
from app.schooldesk.rosters.columns import read_columns
from app.schooldesk.rosters.lines import Line, read_lines
from app.schooldesk.rosters.problems import UnreadableFile

TODAY = date(2026, 11, 23)
HEAD = ["序号", "姓名", "性别", "出生日期", "学号", "民族", "身份证号", "家长姓名", "联系电话"]
ROW = ["1", "王芳", "女", "2012-05-18", "20260101", "汉族", "330483201205180021", "王建国", "13800138000"]
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def read(text: str) -> list[Line]:
    """Read a pasted text."""
    return read_lines(read_columns(rows_of_text(text), TODAY).lines, TODAY)


def workbook(*rows: list[object]) -> bytes:
    """Return an xlsx file; days are days, numbers numbers."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_a_table_with_a_head_is_read_by_its_words(inside: Flask) -> None:
    (line,) = read("八年级（3）班学生名单\n" + "\t".join(HEAD) + "\n" + "\t".join(ROW))
    assert line.pupil is not None
    assert vars(line.pupil) == {
        "name": "王芳",
        "born_on": date(2012, 5, 18),
        "gender": "female",
        "student_no": "20260101",
        "guardian": "王建国",
        "phone": "13800138000",
    }


def test_what_is_not_asked_for_is_left_out_and_named(inside: Flask) -> None:
    found = read_columns([HEAD, ROW], TODAY)
    assert found.left_out == ["序号", "民族", "身份证号"]
    assert "330483201205180021" not in str(found.lines)


@pytest.mark.parametrize(
    "text",
    [
        "王芳\t女\t2012-05-18\t20260101\t王建国\t13800138000",
        "王芳，女，20120518，20260101，王建国，13800138000",
        "1 王芳 女 2012年5月18日 20260101 王建国 138 0013 8000".replace("138 0013 8000", "13800138000"),
        "13800138000\t王芳\t王建国\t2012/5/18\t女\t20260101",
        "王芳 330483201205180021 女 20120518 20260101 王建国 13800138000",
    ],
)
def test_without_a_head_each_cell_is_known_by_what_it_looks_like(inside: Flask, text: str) -> None:
    (line,) = read(text)
    assert line.pupil
    assert (line.pupil.name, line.pupil.guardian, line.pupil.phone) == ("王芳", "王建国", "13800138000")
    assert (line.pupil.born_on, line.pupil.student_no) == (date(2012, 5, 18), "20260101")


@pytest.mark.parametrize("name", ["欧阳娜娜", "阿依古丽·买买提", "ᠮᠣᠩᠭᠣᠯ", "𠮷野", "O’Brien"])
def test_names_of_any_script_come_through(inside: Flask, name: str) -> None:
    (line,) = read(f"{name}\t20120518")
    assert line.pupil
    assert line.pupil.name == name


def test_a_workbook_says_days_and_numbers_as_people_do(inside: Flask) -> None:
    file = workbook(["姓名", "出生日期", "学号", "电话"], ["王芳", date(2012, 5, 18), 20260101, 13800138000])
    (line,) = read_columns(rows_of_file(file), TODAY).lines
    assert (line["born"], line["student_no"], line["phone"]) == ("2012-05-18", "20260101", "13800138000")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_either_encoding(inside: Flask, encoding: str) -> None:
    file = "姓名,出生日期\r\n王芳,2012-05-18\r\n".encode(encoding)
    assert read_columns(rows_of_file(file), TODAY).lines[0]["name"] == "王芳"


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x00\x01\x02\x03", b"\xff\xfe\x00\xd8"])
def test_what_is_neither_is_said_so(inside: Flask, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        rows_of_file(content)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("王芳\t女", "born"),
        ("姓名\t出生日期\n王芳\t2012-13-40", "born"),
        ("姓名\t出生日期\n王芳\t1912-05-18", "born"),
        ("姓名\t出生日期\n王1\t2012-05-18", "name"),
        ("姓名\t出生日期\t电话\n王芳\t2012-05-18\t1380013", "phone"),
        ("姓名\t出生日期\t性别\n王芳\t2012-05-18\t未知", "gender"),
        ("姓名\t出生日期\t学号\n王芳\t2012-05-18\t一号", "student_no"),
    ],
)
def test_what_is_wrong_is_said_of_the_field(inside: Flask, text: str, where: str) -> None:
    (line,) = read(text)
    assert line.pupil is None
    assert list(line.faults) == [where]


def test_the_same_pupil_twice_is_asked_about(inside: Flask) -> None:
    first, second = read("王芳\t20120518\n王 芳\t2012-5-18")
    assert first.pupil
    assert list(second.faults) == ["name"]


def test_a_day_that_there_is_not_is_said_so_and_not_asked_for_in_eight_digits(inside: Flask) -> None:
    (line,) = read("姓名\t出生日期\n王芳\t20130229")
    assert "2 月 29 日" in line.faults["born"]
