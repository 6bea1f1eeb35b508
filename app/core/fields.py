"""Form fields that read what people type and hand on what the program means."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, IntegerField, PasswordField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # the stubs are of an earlier WTForms

from app.core.clock import SHANGHAI, local
from app.core.typed import half_width, looks_like_a_day, read_day, read_phone, squeezed, without_commands

_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100


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
    """A whole number within bounds."""

    data: Any

    def __init__(self, label: Any = None, least: int = 0, most: int = 0, **options: Any) -> None:
        words = _l("Please enter a number from %(least)d to %(most)d.", least=least, most=most)
        checks = [validators.InputRequired(words), validators.NumberRange(least, most, words)]
        super().__init__(label, checks, render_kw={"inputmode": "numeric"}, **options)


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


class MomentField(DateTimeLocalField):
    """A day and time typed in Shanghai, handed on in UTC."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        super().__init__(label, checks, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{local(self.data):%Y-%m-%dT%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the wall clock in Shanghai."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([" ".join(valuelist).strip()])
        except ValueError:
            raise ValueError(_("Please choose a day and a time.")) from None
        typed: datetime = self.data
        if not _EARLIEST_YEAR <= typed.year <= _LATEST_YEAR:
            self.data = None
            raise ValueError(_("Please check the year."))
        self.data = typed.replace(tzinfo=SHANGHAI).astimezone(UTC)
