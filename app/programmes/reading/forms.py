"""Naming readers and criteria, and giving marks."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError

from app.accounts.models import User
from app.core.fields import TextField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.core.typed import half_width
from app.programmes.models import Criterion, Reading
from app.programmes.reading.operations import ReadingWords
from app.programmes.reading.scoring import HIGHEST

_MOST_CRITERIA, _HEAVIEST, _LONGEST = 8, 10, 60


class ReadingForm(Form):
    """Who reads, and by what."""

    first_id = SelectField(_l("First reader"), coerce=int)
    second_id = SelectField(_l("Second reader"), coerce=int)
    third_id = SelectField(_l("Third reader, where the two are far apart"), coerce=int, default=0)
    tolerance = WholeField(_l("Points of 100 that the two may differ"), 0, 100, default=15)
    criteria = TextField(_l("Criteria, one a line"), [required(), at_most(600)], rows=5)
    shows_school = BooleanField(_l("Readers see school and class, because it is needed"))

    listed: Sequence[tuple[str, int]] = ()

    def offer(self, staff: Sequence[User]) -> None:
        """Let the host's staff be chosen."""
        people = [choice(str(one.id), one.name) for one in staff]
        self.first_id.choices = self.second_id.choices = people
        self.third_id.choices = [choice("0", _l("none")), *people]

    def validate_criteria(self, field: TextField) -> None:
        """Read the lines: words, and after a × or * how much they count."""
        found = [_criterion(line) for line in field.data.splitlines() if line.strip()]
        if len(found) > _MOST_CRITERIA:
            raise ValidationError(_("At most %(most)d criteria.", most=_MOST_CRITERIA))
        if any(not words or len(words) > _LONGEST or not 1 <= weight <= _HEAVIEST for words, weight in found):
            raise ValidationError(
                _("A line each: up to 60 letters, then × and a weight from 1 to 10, such as “Curiosity ×3”.")
            )
        self.listed = found

    def words(self) -> ReadingWords:
        """Return what was typed."""
        readers = self.first_id.data, self.second_id.data, self.third_id.data or None
        return ReadingWords(*readers, self.tolerance.data, bool(self.shows_school.data), self.listed)


class MarksForm(Form):
    """A mark for each criterion."""

    def marks(self) -> dict[int, int]:
        """Return the marks by criterion."""
        return {int(name[1:]): int(field.data) for name, field in self._fields.items() if name.startswith("c")}


def marks_form(criteria: Sequence[Criterion]) -> type[MarksForm]:
    """Return the form with a row of marks for each criterion."""
    scale = [choice("", "–"), *(choice(str(mark), str(mark)) for mark in range(HIGHEST + 1))]
    missing = _l("Please choose a mark.")
    rows: dict[str, Any] = {
        f"c{one.id}": SelectField(f"{one.words} ×{one.weight}", [required(missing)], choices=scale) for one in criteria
    }
    return type("MarksOfReaderForm", (MarksForm,), rows)


def reading_values(reading: Reading | None) -> dict[str, Any]:
    """Return the starting values of the form."""
    if reading is None:
        return {
            "criteria": str(_("Why they would like to come ×3\nWhat they bring to the other side ×2\nReliability ×1"))
        }
    listed = "\n".join(f"{one.words} ×{one.weight}" for one in reading.criteria)
    same = ("first_id", "second_id", "third_id", "tolerance", "shows_school")
    return {name: getattr(reading, name) or 0 for name in same} | {"criteria": listed}


def _criterion(line: str) -> tuple[str, int]:
    """Return the words and the weight of a line; 0 for a weight that is none."""
    words, sign, weight = half_width(line.replace("×", "*")).strip().rpartition("*")
    if not sign:
        return weight.strip(), 1
    return words.strip(), int(weight) if weight.strip().isdecimal() and len(weight.strip()) < 3 else 0
