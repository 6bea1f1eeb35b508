"""Lists that open right in WPS and Excel: no formulas, phones stay text, Chinese stays Chinese."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from itertools import chain
from unicodedata import east_asian_width

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_NARROWEST, _WIDEST, _MARGIN = 8, 40, 2  # signs of a column, as a spreadsheet counts them
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet; every cell is text, so nothing is calculated, rounded or dated."""
    import xlsxwriter  # 12 MB, in each process that writes a list rather than in all of them

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    widths: Counter[int] = Counter()
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bg_color": "#F8E7DF", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(chain([head], rows)):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, text if number else bold)
                widths[column] = _widened(widths[column], value)
        for column, width in widths.items():  # rows are on disk by now, but columns are written at the end
            sheet.set_column(column, column, width)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return UTF-8 with a byte order mark, without which Excel and WPS guess a wrong encoding."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_plain(word) for word in head])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _widened(width: int, value: str) -> int:
    """Return how wide a column has to be that was so wide before, for a value to be read in it; within bounds."""
    width = max(width, _NARROWEST)
    if width == _WIDEST or 2 * len(value) + _MARGIN <= width:
        return width  # most values: their signs need not be looked at
    longest = max(map(_signs, value.splitlines()), default=0)
    return min(max(width, longest + _MARGIN), _WIDEST)


def _signs(line: str) -> int:
    """Return how many signs wide a line is: those that a Chinese font draws square are two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)


def _plain(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula or for a number to shorten."""
    if value.startswith(_FORMULA_STARTS):
        return "'" + value
    if value.isdigit() and (len(value) > 10 or value.startswith("0")):
        return value + "\t"  # a long number shows as 1.38E+10 otherwise; the tab is invisible and keeps it text
    return value


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Sheet1"
