"""Rows of cells, out of a pasted text or a file: xlsx, xls, or CSV in UTF-8 or GB18030."""

import csv
import re
from datetime import date, datetime
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook

from app.core.typed import half_width, squeezed
from app.schooldesk.rosters.problems import UnreadableFile

MOST_ROWS = 500
MOST_BYTES = 4 * 1024 * 1024
MOST_CELL = 120  # characters; names and numbers are shorter, what is longer belongs to a column nobody reads
_COLUMNS = re.compile(r"\t|[,，;；、]|\s*\|\s*")
_GAPS = re.compile(r"[ \u3000]+")
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # a zip, as xlsx is one; the compound file of the old xls
Row = list[str]


def rows_of_text(text: str) -> list[Row]:
    """Return the rows of a text copied out of a table or typed: columns by tab or comma, else by gaps."""
    return _useful([_split(line) for line in text.splitlines()])


def rows_of_file(content: bytes) -> list[Row]:
    """Return the rows of a file, of a workbook those of its first sheet that has any. Raises `UnreadableFile`."""
    if content.startswith(_SHEETS):
        return _useful(_rows_of_workbook(content))
    return _useful(
        [[_tidy(cell) for cell in row] for row in csv.reader(StringIO(_decoded(content)), _dialect(content))]
    )


def _split(line: str) -> Row:
    columns = _COLUMNS.split(line.strip(" \r\n\u3000"))
    if len(columns) == 1:
        columns = _GAPS.split(columns[0])
    return [_tidy(column) for column in columns]


def _rows_of_workbook(content: bytes) -> list[Row]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=MOST_ROWS + 20)
            found = [[_written(cell) for cell in row] for row in rows]
            if _useful(found):
                return found
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFile from error
    return []


def _written(cell: object) -> str:
    """Return what a cell of a workbook says: days as 2012-05-18, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _tidy(str(cell))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile


def _dialect(content: bytes) -> type[csv.Dialect]:
    return csv.excel_tab if b"\t" in content.partition(b"\n")[0] else csv.excel


def _tidy(cell: str) -> str:
    return squeezed(half_width(cell).lstrip("'"))[:MOST_CELL]


def _useful(rows: list[Row]) -> list[Row]:
    return [row for row in rows if any(row)]
