"""Typing a travel document in; saying who takes the numbers out."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError

from app.core.fields import DayField, LineField, choice
from app.core.finding import read_id_or_none
from app.core.forms import Form, at_most, required
from app.core.problems import Problem
from app.people.forms import NameField, born
from app.people.models import Gender
from app.people.words import GENDER_WORDS
from app.trips.documents.numbers import DocumentKind, Read, read_number
from app.trips.documents.problems import OtherBirthday
from app.trips.documents.sealing import DocumentWords
from app.trips.documents.words import DOCUMENT_WORDS

_PLAIN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class TravelDocumentForm(Form):
    """A travel document. Birthday and gender are asked only where the number does not say them."""

    kind = RadioField(
        _l("Document"),
        choices=lambda: [choice(one.value, words) for one, words in DOCUMENT_WORDS.items()],
        default=DocumentKind.IDENTITY_CARD.value,
    )
    name = NameField(_l("Name, exactly as on the document"), render_kw={"autocomplete": "off"})
    number = LineField(_l("Number of the document"), [required(), at_most(40)], render_kw=_PLAIN)
    born_on = DayField(_l("Date of birth"), [born], render_kw={"autocomplete": "off"})
    gender = RadioField(
        _l("Gender"),
        choices=lambda: [choice(one.value, words) for one, words in GENDER_WORDS.items()],
        validate_choice=False,
    )
    is_sure = BooleanField(_l("It is the right person's number"))
    asks_sure = False

    def validate_number(self, field: LineField) -> None:
        """Say in plain words what is wrong with a number."""
        try:
            read_number(self._kind, field.data)
        except Problem as problem:
            raise ValidationError(problem.message) from None

    def validate_born_on(self, field: DayField) -> None:
        """Ask for the day where the number does not say it."""
        read = self._read()
        if read and read.born_on is None and field.data is None and not field.errors:
            raise ValidationError(_("Please fill this in."))

    def validate_gender(self, field: RadioField) -> None:
        """Ask for it where the number does not say it: insurers and hotels need it."""
        read = self._read()
        if read and read.gender is None and field.data not in set(Gender):
            raise ValidationError(_("Please choose."))

    def refuse(self, problem: Problem) -> None:
        """Offer the box with which another birthday can be confirmed."""
        super().refuse(problem)
        self.asks_sure = isinstance(problem, OtherBirthday)

    def words(self) -> DocumentWords:
        """Return what was typed."""
        read = read_number(self._kind, self.number.data)
        gender = read.gender or Gender(self.gender.data)
        return DocumentWords(self._kind, read.number, self.name.data, read.born_on or self.born_on.data, gender)

    @property
    def _kind(self) -> DocumentKind:
        return DocumentKind(self.kind.data) if self.kind.data in set(DocumentKind) else DocumentKind.IDENTITY_CARD

    def _read(self) -> Read | None:
        try:
            return read_number(self._kind, self.number.data or "")
        except Problem:
            return None


def _reader(value: object) -> int | None:
    return read_id_or_none(str(value))


class ReadersForm(Form):
    """Who may take the numbers out: two people at most."""

    first = SelectField(_l("First person"), coerce=_reader, choices=[])
    second = SelectField(_l("Second person"), coerce=_reader, choices=[])

    def offer(self, staff: list[tuple[int, str]]) -> None:
        """Let the host's own people be chosen."""
        choices: list[Any] = [choice("", _("nobody")), *(choice(str(number), name) for number, name in staff)]
        self.first.choices = self.second.choices = choices

    def user_ids(self) -> list[int]:
        """Return who was chosen."""
        return [one for one in (self.first.data, self.second.data) if one]
