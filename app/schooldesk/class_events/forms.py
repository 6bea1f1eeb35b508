"""Signing pupils of a class up, and saying whose parent one is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError

from app.core.fields import WholeField, choice
from app.core.finding import read_id
from app.core.forms import Form, required
from app.events.models import Slot
from app.schooldesk.class_events.signing_up import ClassSignUp
from app.schooldesk.class_events.words import slot_words

MOST_ADULTS = 20


class _PupilsField(SelectMultipleField):
    data: Any


class ClassSignUpForm(Form):
    """Which pupils, for which session, with how many adults."""

    slot_id = SelectField(_l("Session or shift"), [required()], coerce=int)
    adults = WholeField(_l("Accompanying adults"), 0, MOST_ADULTS, default=1)
    together = RadioField(
        _l("If the places do not go round"),
        choices=[choice("y", _l("All of them or nobody")), choice("n", _l("One by one, as far as the places go"))],
        default="y",
    )
    person_id = _PupilsField(_l("Pupils"), coerce=read_id, validate_choice=False)

    def offer(self, slots: Sequence[Slot], at: datetime) -> None:
        """Let the school choose one of the sessions that are open."""
        open_ones = [slot for slot in slots if slot.opens_at <= at < slot.closes_at and not slot.follows]
        self.slot_id.choices = [choice(str(slot.id), slot_words(slot)) for slot in open_ones]

    def validate_person_id(self, field: SelectMultipleField) -> None:
        """Refuse a sign-up of nobody."""
        if not field.data:
            raise ValidationError(_l("Please tick at least one pupil."))

    def asked(self, class_id: int) -> ClassSignUp:
        """Return what was typed."""
        people, adults = frozenset(self.person_id.data), self.adults.data
        return ClassSignUp(class_id, self.slot_id.data, people, adults, together=self.together.data == "y")
