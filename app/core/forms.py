"""Forms: what may somebody type. Shape only; whether it is allowed is for operations to say."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, ClassVar, cast

from babel.support import Translations
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import Field, SelectField, SelectMultipleField, ValidationError, validators
from wtforms.fields.core import UnboundField
from wtforms.i18n import messages_path

from app.core.languages import current_language
from app.core.problems import Problem
from app.core.typed import without_commands


@lru_cache
def _words_of_fields(language: str) -> Translations:
    return cast(Translations, Translations.load(messages_path(), [language], domain="wtforms"))


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can also be told no by a rule, and then answers 422 with everything still in it."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """CSRF is checked once, by CSRFProtect, for forms and bare buttons alike."""

        csrf = False

        def get_translations(self, _form: FlaskForm) -> Translations:
            """Return what the fields say themselves; read once, for the library reads its catalogue each time."""
            return _words_of_fields(current_language())

    refused = False
    beside: ClassVar[str] = ""  # the field where a rule's no is shown that is about none of the form's fields

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields as they were first declared; one that a subclass words anew keeps its place."""
        declared: dict[str, int] = {}
        for parent in reversed(type(self).__mro__):
            for name, field in vars(parent).items():
                if isinstance(field, UnboundField):
                    declared.setdefault(name, field.creation_counter)
        return iter(sorted(self._fields.values(), key=lambda field: declared.get(field.short_name, 0)))

    @property
    def csrf_token(self) -> Markup:
        """The hidden field with the token."""
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

    def refuse(self, problem: Problem) -> None:
        """Show a rule's no beside the field it is about, or the one that the form names; else above the form."""
        self.refused = True
        fields = (self._fields.get(name) for name in (problem.field, self.beside))
        target = next((one for one in fields if one is not None), None)
        if target is None:
            self.form_errors.append(problem.message)
        else:
            target.errors = [*target.errors, problem.message]

    @property
    def status(self) -> int:
        """The HTTP status that goes with what the form says."""
        return 422 if self.refused or self.errors else 200


class Required(validators.InputRequired):
    """Something must be typed; white space and invisible commands alone are nothing."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Refuse an empty field, and say nothing else about it."""
        is_one = isinstance(field, SelectField) and not isinstance(field, SelectMultipleField)
        sent = (field.raw_data or ())[: 1 if is_one else None]  # of one choice the first that was sent counts
        if not any(without_commands(str(typed)).strip() for typed in sent):
            field.errors = []
            raise validators.StopValidation(str(self.message))


def required(message: str | None = None) -> Required:
    """Return the validator for what cannot be left out."""
    return Required(message or _l("Please fill this in."))


def at_most(length: int) -> validators.Length:
    """Return the validator for how long a text may be, in characters."""
    return validators.Length(max=length, message=_l("At most %(max)d characters.", max=length))


def after(other: str, message: Any) -> Callable[[FlaskForm, Field], None]:
    """Return a validator: this value must lie after the one in the field named ``other``."""

    def check(form: FlaskForm, field: Field) -> None:
        first = form[other].data
        if first and field.data and field.data <= first:
            raise ValidationError(message)

    return check
