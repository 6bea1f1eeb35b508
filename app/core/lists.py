"""Handing a list out as a file."""

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import quote

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from app.core import sheets
from app.core.access import principal
from app.core.audit import Whose, note_access
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.fields import choice
from app.core.forms import Form


class Format(StrEnum):
    """What staff can open: both come out right in WPS and Excel."""

    XLSX = "xlsx"
    CSV = "csv"


class DownloadForm(Form):
    """As what, and what for: the purpose goes into the access log."""

    file_format = RadioField(
        _l("File"),
        choices=[
            choice(Format.XLSX.value, _l("Excel / WPS (xlsx)")),
            choice(Format.CSV.value, "CSV"),
        ],
        default=Format.XLSX.value,
    )
    purpose = SelectField(
        _l("What for"),
        choices=[
            choice("check", _l("Checking who takes part")),
            choice("contact", _l("Telling families")),
            choice("door", _l("At the door, on paper")),
            choice("archive", _l("For the archive")),
            choice("other", _l("Something else")),
        ],
    )
    with_phones = BooleanField(_l("With phone numbers"))

    def lacks_proof(self) -> bool:
        """Return whether the whole list is asked for, phone numbers and all, without a second factor."""
        return bool(self.with_phones.data) and not principal().has_proof(now())


def ask_for_proof(back: str) -> ResponseReturnValue:
    """Send whoever wants a whole list to prove who it is, and then back to the page with the list."""
    flash(_("A list with phone numbers needs a second factor. Afterwards, please download it again."), "gold")
    return redirect(url_for("second_factor.prove", next=back), 303)


def hand_out(
    form: DownloadForm,
    name: str,
    title: str,
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    *,
    record: str,
    record_id: int,
    whose: Whose,
) -> Response:
    """Return a list (its head and its rows, one a person) as the file asked for, and write down who took it."""
    purpose, action = str(form.purpose.data), "full download" if form.with_phones.data else "download"
    transact(note_access, action, record, record_id, people=whose, purpose=purpose, by=principal().actor, at=now())
    return as_file(form, name, title, table)


def as_file(
    form: DownloadForm, name: str, title: str, table: tuple[Sequence[str], Sequence[Sequence[str]]]
) -> Response:
    """Return a list as the file asked for; who takes it has been written down."""
    head, rows = table
    file_format = Format(form.file_format.data)
    body = sheets.xlsx(title, head, rows) if file_format is Format.XLSX else sheets.csv_file(head, rows)
    return _file(body, file_format, f"{name}-{title}-{local_day(now()):%Y%m%d}")


def _file(body: bytes, file_format: Format, name: str) -> Response:
    """Return the answer that a browser saves under a Chinese name; old ones, which cannot, get a plain one."""
    full = quote(f"{name}.{file_format}")
    return Response(
        body,
        content_type=sheets.XLSX if file_format is Format.XLSX else sheets.CSV,
        headers={
            "Content-Disposition": f"attachment; filename=\"list.{file_format}\"; filename*=UTF-8''{full}",
            "Cache-Control": "no-store",
        },
    )
