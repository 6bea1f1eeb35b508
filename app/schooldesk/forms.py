"""Answering for pupils, and entering classes."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, ValidationError, validators

from app.core.fields import LineField, SomeNumberField, TextField, choice
from app.core.finding import read_id
from app.core.forms import Form, at_most, required
from app.people.class_names import LONGEST, class_key
from app.people.classes import ClassWords
from app.people.models import Enrolment
from app.schooldesk.pasting import EARLIEST_YEAR, LATEST_YEAR, MOST_LINES, read_lines


def _names_something(_form: Form, field: LineField) -> None:
    if not field.errors and not class_key(field.data):  # one that is too long is read by nobody
        raise ValidationError(_l("A class has a name of letters or digits."))


class _PupilsField(SelectMultipleField):
    data: Any


class AnswerForm(Form):
    """Which of the pupils who ask are meant."""

    enrolment_id = _PupilsField(_l("Pupils"), coerce=read_id, validate_choice=False)

    def validate_enrolment_id(self, field: SelectMultipleField) -> None:
        """Refuse an answer about nobody."""
        if not field.data:
            raise ValidationError(_l("Please tick at least one pupil."))


class ClassForm(Form):
    """A class: what it is called, who leads it, and in which year its pupils came."""

    name = LineField(_l("Name of the class"), [required(), at_most(LONGEST), _names_something])
    form_teacher = LineField(
        _l("Form teacher"), [validators.Optional(), at_most(40)], render_kw={"autocomplete": "off"}
    )
    entered_year = SomeNumberField(_l("Year of entry"), EARLIEST_YEAR, LATEST_YEAR)

    def words(self) -> ClassWords:
        """Return what was typed."""
        return ClassWords(self.name.data, self.form_teacher.data, self.entered_year.data)


class PasteForm(Form):
    """Classes that were pasted, a line each."""

    lines = TextField(_l("Classes"), [required(), at_most(20_000)], rows=10)

    def validate_lines(self, field: TextField) -> None:
        """Refuse more than a school can have."""
        if len(read_lines(field.data, frozenset())) > MOST_LINES:
            raise ValidationError(_l("At most %(most)d classes at once.", most=MOST_LINES))


class SubstituteForm(Form):
    """Which pupil takes a place over, and why."""

    beside = "person_id"
    person_id = RadioField(_l("Who goes instead?"), [required(_l("Please choose a pupil."))], coerce=int)
    reason = LineField(_l("Reason"), [required(), at_most(100)])

    def offer(self, pupils: Sequence[Enrolment]) -> None:
        """Let the school choose one of the pupils."""
        self.person_id.choices = [
            choice(str(one.person_id), f"{one.person.name} {one.class_name}".strip()) for one in pupils
        ]
