"""Putting people into a round."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from app.core.fields import LineField, TextField, choice
from app.core.forms import Form, at_most, required
from app.pairing.lists import Read, read_list
from app.pairing.models import PairingRound


class ListForm(Form):
    """A list that was pasted, for one side."""

    side = RadioField(_l("On which side?"), coerce=int, default=0)
    people = TextField(_l("The list"), [required()], rows=8)
    found = Read([], [])

    def offer(self, one: PairingRound) -> None:
        """Let the round's sides be chosen."""
        self.side.choices = [choice(str(place), name) for place, name in enumerate(one.side_names)]

    def validate_people(self, field: Any) -> None:
        """Read the lines, and say of each what is wrong."""
        self.found = read_list(field.data)
        if self.found.faults:
            field.errors = [*field.errors, *self.found.faults[1:10]]
            raise ValidationError(self.found.faults[0])


class BondForm(Form):
    """Two people by name: always together, or never."""

    first = LineField(_l("Name"), [required(), at_most(60)])
    second = LineField(_l("And"), [required(), at_most(60)])
    kind = RadioField(
        _l("What shall hold?"),
        choices=[choice("never", _l("Never together")), choice("always", _l("Always together"))],
        default="never",
    )
