"""Form fields that read what people type and hand on what the program means."""

from datetime import UTC
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, IntegerField, PasswordField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # the stubs are of an earlier WTForms
from wtforms.widgets import TextInput

from app.core.clock import SHANGHAI
from app.core.filters import exact
from app.core.pictures import PictureChange, prepare
from app.core.problems import Problem
from app.core.typed import (
    half_width,
    looks_like_a_day,
    looks_like_a_moment,
    read_day,
    read_moment,
    read_phone,
    squeezed,
    without_commands,
)

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100  # of what is being planned


def choice(value: str, label: Any) -> Any:
    """Return one of the things a field offers: what is sent, and what people read."""
    return SelectChoice(value, label)


class LineField(StringField):
    """One line of text; "" when nothing was typed."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        super().__init__(label, checks, filters=[squeezed], **options)


class TextField(TextAreaField):
    """Several lines of text, without stray white space around them."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, rows: int = 3, **options: Any) -> None:
        super().__init__(
            label,
            checks,
            filters=[lambda text: without_commands(text or "").strip()],
            render_kw={"rows": rows},
            **options,
        )


class WholeField(IntegerField):
    """A whole number within bounds; a text field, for browsers empty a number field that holds something else."""

    data: Any
    widget = TextInput()

    def __init__(self, label: Any = None, least: int = 0, most: int = 0, **options: Any) -> None:
        words = _l("Please enter a number from %(least)d to %(most)d.", least=least, most=most)
        checks = [validators.InputRequired(words), validators.NumberRange(least, most, words)]
        super().__init__(label, checks, render_kw={"inputmode": "numeric"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; what is none is left to the bounds, so that one sentence says it."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = int(typed) if typed.isdecimal() and len(typed) < 10 else None


class SomeNumberField(IntegerField):
    """A whole number within bounds, or None when left empty."""

    data: Any
    widget = TextInput()

    def __init__(self, label: Any = None, least: int = 0, most: int = 0, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(label, [validators.Optional()], render_kw={"inputmode": "numeric"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read full-width digits too."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = None
        if typed and not (typed.isdecimal() and len(typed) < 10 and self.least <= int(typed) <= self.most):
            raise ValueError(_("Please enter a number from %(least)d to %(most)d.", least=self.least, most=self.most))
        self.data = int(typed) if typed else None


class SecretField(PasswordField):
    """A password: never shown again, not even after an error."""

    data: Any


class PhoneField(StringField):
    """A phone number as digits for mainland China, with + and country for others; None when left empty."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed if it is no number, so that it can be shown again."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = typed or None
        if not typed:
            return
        number = read_phone(typed)
        if number is None:
            raise ValueError(_("A phone number has 11 digits, such as 13800138000."))
        self.data = number


class DayField(StringField):
    """A day typed the way people write one: 20120518, 2012-5-18, 2012年5月18日. Quicker than any picker."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        keyboard = {"inputmode": "numeric", "placeholder": "20120518"}
        super().__init__(label, checks, render_kw={**keyboard, **options.pop("render_kw", {})}, **options)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else (self.data.strftime("%Y-%m-%d") if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Turn the text into a date."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = None
        if typed:
            self.data = read_day(typed)
            if self.data is None and looks_like_a_day(typed):
                raise ValueError(_("There is no such day. Please check month and day."))
            if self.data is None:
                raise ValueError(_("Please type the day as 8 digits, such as 20120518."))


class MomentField(StringField):
    """A day and time typed in Shanghai, handed on in UTC; `components/forms.html` adds a calendar where scripts run."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        look = {"placeholder": "2026-11-28 09:00", "autocomplete": "off", "data-moment": True}
        super().__init__(label, checks, render_kw={**look, **options.pop("render_kw", {})}, **options)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else (exact(self.data) if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the wall clock in Shanghai."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = None
        if not typed:
            return
        moment = read_moment(typed)
        if moment is None and looks_like_a_moment(typed):
            raise ValueError(_("There is no such day or time. Please check it."))
        if moment is None:
            raise ValueError(_("Please type the day and the time, such as 2026-11-28 09:00."))
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise ValueError(_("Please check the year."))
        self.data = moment.replace(tzinfo=SHANGHAI).astimezone(UTC)


class PictureField(FileField):
    """A picture; ``data`` is the digest of the one that is shown now, ``change`` what becomes of it.

    A form with one is sent as multipart/form-data; `components/picture.html` draws it, with a check to remove what is
    there. Reading what was sent is slow, and done while the form is checked, before any transaction.
    """

    data: Any
    change = PictureChange()
    upload: FileStorage | None = None

    def __init__(self, label: Any = None, longest: int = 1200, **options: Any) -> None:
        super().__init__(label, [validators.Optional()], **options)
        self.longest = longest

    def process(self, formdata: Any, *sources: Any, **more: Any) -> None:
        """Take what was sent; what is there now stays in ``data``, to be shown again."""
        super().process(None, *sources, **more)
        if formdata is None:
            return
        self.upload = next((sent for sent in formdata.getlist(self.name) if getattr(sent, "filename", "")), None)
        self.change = PictureChange(removes=f"{self.name}-remove" in formdata)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the picture that was sent."""
        self.errors = []
        if self.upload is None:
            return True
        try:
            self.change = PictureChange(new=prepare(self.upload, self.longest))
        except Problem as problem:
            self.errors = [problem.message]
        finally:
            self.upload.close()  # large ones lie in a file of their own meanwhile
        return not self.errors
