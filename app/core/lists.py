"""Handing a list out as a file."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from urllib.parse import quote

from flask import Response
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.core import sheets
from app.core.forms import Form


class Format(StrEnum):
    """What staff can open: both come out right in WPS and Excel."""

    XLSX = "xlsx"
    CSV = "csv"


class DownloadForm(Form):
    """As what, and what for: the purpose goes into the access log."""

    file_format = RadioField(
        _l("File"),
        choices=[(Format.XLSX.value, _l("Excel / WPS (xlsx)")), (Format.CSV.value, "CSV")],
        default=Format.XLSX.value,
    )
    purpose = SelectField(
        _l("What for"),
        choices=[
            ("check", _l("Checking who takes part")),
            ("contact", _l("Telling families")),
            ("door", _l("At the door, on paper")),
            ("archive", _l("For the archive")),
            ("other", _l("Something else")),
        ],
    )


def as_file(file_format: Format, name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Return the answer that a browser saves under a Chinese name; old ones, which cannot, get a plain one."""
    is_xlsx = file_format is Format.XLSX
    body = sheets.xlsx(title, head, rows) if is_xlsx else sheets.csv_file(head, rows)
    full = quote(f"{name}.{file_format}")
    return Response(
        body,
        content_type=sheets.XLSX if is_xlsx else sheets.CSV,
        headers={
            "Content-Disposition": f"attachment; filename=\"list.{file_format}\"; filename*=UTF-8''{full}",
            "Cache-Control": "no-store",
        },
    )
