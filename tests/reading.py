"""Reading what was downloaded, the way an office reads it."""

import csv
from io import BytesIO, StringIO

from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

Table = list[list[str]]


def as_table(download: TestResponse) -> Table:
    """Return the rows of an xlsx or CSV download, the head first."""
    if download.content_type.startswith("text/csv"):
        return list(csv.reader(StringIO(download.data.decode("utf-8-sig"), newline="")))
    sheet = CalamineWorkbook.from_filelike(BytesIO(download.data)).get_sheet_by_index(0)
    rows: Table = sheet.to_python()
    return rows


def column(table: Table, name: str) -> list[str]:
    """Return what stands under a heading."""
    place = table[0].index(name)
    return [row[place] for row in table[1:]]
