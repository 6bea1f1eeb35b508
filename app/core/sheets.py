"""Lists that open right in WPS and Excel: no formulas, phones stay text, Chinese stays Chinese."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet; every cell is text, so nothing is calculated, rounded or dated."""
    import xlsxwriter  # 12 MB, in each process that writes a list rather than in all of them

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bg_color": "#F8E7DF", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for column, word in enumerate(head):
            sheet.set_column(column, column, max(12, 2 * len(word) + 4))
            sheet.write_string(0, column, word, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, text)
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


def _plain(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula or for a number to shorten."""
    if value.startswith(_FORMULA_STARTS):
        return "'" + value
    if value.isdigit() and (len(value) > 10 or value.startswith("0")):
        return value + "\t"  # a long number shows as 1.38E+10 otherwise; the tab is invisible and keeps it text
    return value


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Sheet1"
