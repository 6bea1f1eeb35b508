"""Answering for pupils."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, ValidationError

from app.core.finding import read_id
from app.core.forms import Form


class _PupilsField(SelectMultipleField):
    data: Any


class AnswerForm(Form):
    """Which of the pupils who ask are meant."""

    enrolment_id = _PupilsField(_l("Pupils"), coerce=read_id, validate_choice=False)

    def validate_enrolment_id(self, field: SelectMultipleField) -> None:
        """Refuse an answer about nobody."""
        if not field.data:
            raise ValidationError(_l("Please tick at least one pupil."))
