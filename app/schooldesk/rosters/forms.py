"""Handing a roster in: as a file, or pasted; and, after it was read, line by line."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import FileField, ValidationError, validators

from app.core.fields import TextField
from app.core.forms import Form, at_most
from app.core.problems import Problem
from app.core.typed import half_width, squeezed
from app.schooldesk.rosters.cells import MOST_BYTES, MOST_CELL, MOST_ROWS, Row, rows_of_file, rows_of_text
from app.schooldesk.rosters.columns import FIELDS

Sent = Mapping[str, Sequence[str]]  # what a preview sends back: a name stands there once a line
LONGEST = 100_000  # characters of a pasted roster


class RosterForm(Form):
    """A class's roster: a file, or what was copied out of one."""

    file = FileField(_l("A file: .xlsx, .xls or .csv"), [validators.Optional()])
    lines = TextField(_l("Or paste the table here"), [validators.Optional(), at_most(LONGEST)], rows=8)

    rows: Sequence[Row] = ()

    def validate_file(self, field: FileField) -> None:
        """Read the file, if there is one."""
        content = field.data.read(MOST_BYTES + 1) if getattr(field.data, "filename", "") else b""
        if len(content) > MOST_BYTES:
            raise ValidationError(_l("This file is too large for a class's list. Please copy the table and paste it."))
        try:
            self._take(rows_of_file(content) if content else [])
        except Problem as problem:
            raise ValidationError(problem.message) from problem

    def validate_lines(self, field: TextField) -> None:
        """Read what was pasted, unless a file was handed in."""
        if not self.rows:
            self._take(rows_of_text(field.data))
        if not self.rows and not self.file.errors:
            raise ValidationError(_l("Please choose a file, or paste the table."))

    def _take(self, rows: Sequence[Row]) -> None:
        if len(rows) > MOST_ROWS:
            raise ValidationError(_l("At most %(most)d pupils at once.", most=MOST_ROWS))
        self.rows = rows


def sent_lines(sent: Sent) -> tuple[list[Mapping[str, str]], list[str]]:
    """Return the lines of a preview as they come back, and what was decided about each."""
    columns = {name: sent.get(name, [])[:MOST_ROWS] for name in FIELDS}
    size = min(map(len, columns.values()))
    lines = [{name: _tidy(texts[number]) for name, texts in columns.items()} for number in range(size)]
    return list(lines), list(sent.get("choice", []))[:size]


def sent_key(sent: Sent) -> str:
    """Return the key that the preview was sent with; a new one where it has none."""
    return squeezed("".join(sent.get("key", [])))[:36] or str(uuid4())


def _tidy(text: Any) -> str:
    return squeezed(half_width(text))[:MOST_CELL]
