"""Form fields that only questions need: a choice that can be taken back, a number with decimals, a file."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import FileField, RadioField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput

from app.core.fields import choice
from app.core.problems import Problem
from app.core.typed import half_width, squeezed
from app.questions.files import FileToKeep, prepare_file
from app.questions.models import SEALED_FOR

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,4})?")


class OneOfField(RadioField):
    """One of the choices, or None; where it may be left out, one of them says so."""

    data: Any

    def __init__(self, label: Any, offered: list[str], *, is_optional: bool, **options: Any) -> None:
        choices = [choice(one, one) for one in offered] + ([choice("", _("No answer"))] if is_optional else [])
        super().__init__(label, choices=choices, validate_choice=False, **options)
        self.offered = offered

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what is offered, and nothing else."""
        self.data = next((typed for typed in valuelist if typed in self.offered), None)


class SomeOfField(SelectMultipleField):
    """Any of the choices, in their order."""

    data: Any
    option_widget = CheckboxInput()

    def __init__(self, label: Any, offered: list[str], **options: Any) -> None:
        super().__init__(label, choices=[choice(one, one) for one in offered], validate_choice=False, **options)
        self.offered = offered

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what is offered, and nothing else."""
        self.data = [one for one in self.offered if one in valuelist]


class NumberField(StringField):
    """A number, whole or with a point, as it is written: 165.5; "" when left empty."""

    data: Any

    def __init__(self, label: Any = None, checks: Any = (), **options: Any) -> None:
        super().__init__(label, checks, render_kw={"inputmode": "decimal"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read full-width digits too, and keep what was typed if it is no number."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = typed
        if typed and not _NUMBER.fullmatch(typed):
            raise ValueError(_("Please enter a number, such as 36 or 165.5."))
        if typed:
            self.data = f"{Decimal(typed):f}"


class AnswerFileField(FileField):
    """A file; ``data`` is the name of the one that is there now, ``sent`` what takes its place.

    Reading what was sent is slow, and done while the form is checked, before any transaction.
    """

    data: Any
    sent: FileToKeep | None = None
    upload: Any = None
    removes = False
    sealed_for = SEALED_FOR

    def process(self, formdata: Any, *sources: Any, **more: Any) -> None:
        """Take what was sent; what is there now stays in ``data``, to be shown again."""
        super().process(None, *sources, **more)
        if formdata is None:
            return
        self.upload = next((sent for sent in formdata.getlist(self.name) if getattr(sent, "filename", "")), None)
        self.removes = f"{self.name}-remove" in formdata

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the file that was sent."""
        self.errors = []
        if self.upload is None:
            return True
        try:
            self.sent = prepare_file(self.upload.filename, self.upload.stream, self.sealed_for)
        except Problem as problem:
            self.errors = [problem.message]
        finally:
            self.upload.close()  # large ones lie in a file of their own meanwhile
        return not self.errors

    @property
    def name_then(self) -> str:
        """The name of the file that will be there, "" for none."""
        if self.sent:
            return self.sent.name
        return "" if self.removes else self.data or ""
