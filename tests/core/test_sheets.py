"""Lists as files, read back with a reader that is not the writer."""

import csv
import re
import tracemalloc
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from app.core import sheets

HEAD = ["姓名", "手机号"]
FORMULAS = [
    "＝1+1",
    "＠SUM(1)",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=HYPERLINK("http://evil.example")',
]
NAMES = ["王芳", "阿依古丽·买买提", "ᠮᠣᠩᠭᠣᠯ", "𠮷野", "O’Brien", 'a "quoted", one', "two\nlines"]


def read_xlsx(content: bytes) -> list[list[Any]]:
    """Return the rows of the only sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def widths(content: bytes) -> list[int]:
    """Return how many signs each column of the only sheet is wide; a column is written a little wider than was said."""
    with ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
    return [int(float(wide)) for first, last, wide in columns for _column in range(int(first), int(last) + 1)]


def read_csv(content: bytes) -> list[list[str]]:
    """Return the rows as a spreadsheet reads them that knows the byte order mark."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_phone_number_stays_a_text_in_a_workbook() -> None:
    rows = read_xlsx(sheets.xlsx("名单", HEAD, [["王芳", "13800138000"], ["李四", "007"]]))
    assert rows == [HEAD, ["王芳", "13800138000"], ["李四", "007"]]


def test_names_of_any_script_come_back_as_they_were() -> None:
    rows = [[name, ""] for name in NAMES]
    assert [row[0] for row in read_xlsx(sheets.xlsx("名单", HEAD, rows))[1:]] == NAMES
    assert [row[0] for row in read_csv(sheets.csv_file(HEAD, rows))[1:]] == NAMES


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_a_workbook(typed: str) -> None:
    content = sheets.xlsx("名单", HEAD, [[typed, typed]])
    with ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not [name for name in parts.namelist() if "externalLink" in name or "hyperlink" in name]
    assert read_xlsx(content)[1][0].strip() == typed.strip()


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_looks_like_a_formula_is_disarmed_in_csv(typed: str) -> None:
    rows = read_csv(sheets.csv_file([typed], [[typed]]))
    assert rows == [["'" + typed], ["'" + typed]]


def test_csv_begins_with_the_mark_by_which_wps_knows_utf_8() -> None:
    assert sheets.csv_file(HEAD, []).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("number", ["13800138000", "007"])
def test_a_number_to_keep_is_no_number_in_csv(number: str) -> None:
    (cell,) = read_csv(sheets.csv_file(["手机号"], [[number]]))[1]
    assert cell.strip() == number
    assert not cell.isdigit()


def test_a_short_number_is_left_as_it_is_in_csv() -> None:
    assert read_csv(sheets.csv_file(["年龄"], [["16"]]))[1] == ["16"]


@pytest.mark.parametrize("title", ["一" * 40, "a/b:c*d?[e]\\f", "'", "", "高二（3）班"])
def test_any_title_makes_a_sheet_that_opens(title: str) -> None:
    assert read_xlsx(sheets.xlsx(title, HEAD, [["王芳", "1"]])) == [HEAD, ["王芳", "1"]]


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    rows = [["王芳", "13800138000", "七年级（12）班", "no"], ["阿依古丽·买买提", "", "", ""]]
    assert widths(sheets.xlsx("名单", ["姓名", "手机号", "班级", "是否带过敏药品"], rows)) == [18, 13, 16, 16]


def test_a_column_is_neither_too_narrow_nor_too_wide_whatever_stands_in_it() -> None:
    assert widths(sheets.xlsx("名单", ["号", "", "备注", "x" * 90], [["1", "", "很长的一句话" * 20, ""]])) == [
        8,
        8,
        40,
        40,
    ]


def test_of_several_lines_the_longest_counts() -> None:
    assert widths(sheets.xlsx("名单", ["备注"], [["第一行写得长一点\n第二行"]])) == [18]


def test_the_last_row_counts_as_much_as_the_first_and_rows_need_not_be_in_memory() -> None:
    names = ("欧阳娜娜同学" if number == 4999 else f"{number}" for number in range(5000))
    rows = ([name, "清溪县第一中学七年级（2）班"] for name in names)
    tracemalloc.start()
    content = sheets.xlsx("名单", ["姓名", "班级"], rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert widths(content) == [14, 29]
    assert len(read_xlsx(content)) == 5001
    assert most < 8_000_000
