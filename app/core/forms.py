"""Forms: what may somebody type. Shape only; whether it is allowed is for operations to say."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import normalize

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import (  # type: ignore[attr-defined] # the stubs are older than SelectChoice
    DateTimeLocalField,
    Field,
    IntegerField,
    PasswordField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
    validators,
)

from app.core.clock import SHANGHAI, local
from app.core.problems import Problem

_DAY = re.compile(r"(\d{4})\D*?(\d{1,2})\D+(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can also be told no by a rule, and then answers 422 with everything still in it."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """CSRF is checked once, by CSRFProtect, for forms and bare buttons alike."""

        csrf = False

    refused = False

    @property
    def csrf_token(self) -> Markup:
        """The hidden field with the token."""
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

    def refuse(self, problem: Problem) -> None:
        """Show a rule's no beside the field it is about, or above the form."""
        self.refused = True
        target = getattr(self, problem.field, None) if problem.field else None
        if target is None:
            self.form_errors.append(problem.message)
        else:
            target.errors = [*target.errors, problem.message]

    @property
    def status(self) -> int:
        """The HTTP status that goes with what the form says."""
        return 422 if self.refused or self.errors else 200


def squeezed(value: str | None) -> str:
    """Return text in one normal form, full-width signs kept, without stray white space and NUL.

    PostgreSQL stores no NUL.
    """
    return " ".join(normalize("NFC", value or "").replace("\0", "").split())


def half_width(value: str) -> str:
    """Return text with the full-width digits and letters that Chinese keyboards make turned into plain ones."""
    return normalize("NFKC", value)


class Required(validators.InputRequired):
    """Something must be typed; white space alone is nothing."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Refuse an empty field, and say nothing else about it."""
        if not any(str(typed).strip() for typed in field.raw_data or ()):
            field.errors = []
            raise validators.StopValidation(str(self.message))


def required(message: str | None = None) -> Required:
    """Return the validator for what cannot be left out."""
    return Required(message or _l("Please fill this in."))


def choice(value: str, label: Any) -> Any:
    """Return one of the things a field offers: what is sent, and what people read."""
    return SelectChoice(value, label)


def at_most(length: int) -> validators.Length:
    """Return the validator for how long a text may be, in characters."""
    return validators.Length(max=length, message=_l("At most %(max)d characters.", max=length))


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
            filters=[lambda text: (text or "").replace("\0", "").strip()],
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


def read_phone(text: str) -> str | None:
    """Return a phone number in the form we store, or None if it is none."""
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    digits = str(number.national_number)
    return digits if re.fullmatch(r"1[3-9]\d{9}", digits) else None


class DayField(StringField):
    """A day typed the way people write one: 20120518, 2012-5-18, 2012年5月18日. Quicker than any picker."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        keyboard = {"inputmode": "numeric", "placeholder": "20120518"}
        super().__init__(label, checks, render_kw={**keyboard, **options.pop("render_kw", {})}, **options)
        self.day: date | None = None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else (self.data.strftime("%Y-%m-%d") if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Turn the text into a date."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        self.data = None
        if typed:
            self.data = read_day(typed)
            if self.data is None:
                raise ValueError(_("Please type the day as 8 digits, such as 20120518."))


def read_day(text: str) -> date | None:
    """Return the day in a text, year first, or None."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    year, month, on = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, on)
    except ValueError:
        return None


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
        self.data = typed.replace(tzinfo=SHANGHAI).astimezone(UTC)


def after(other: str, message: Any) -> Callable[[FlaskForm, Field], None]:
    """Return a validator: this value must lie after the one in the field named ``other``."""

    def check(form: FlaskForm, field: Field) -> None:
        first = form[other].data
        if first and field.data and field.data <= first:
            raise ValidationError(message)

    return check
