"""What a guardian types who corrects something, and what is said to what cannot be changed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import Optional

from app.care.correcting.operations import Wanted
from app.core.fields import DayField, LineField, PhoneField, TextField
from app.core.forms import Form, at_most, required
from app.people.forms import born
from app.people.names import is_name, tidy_name
from app.people.profile_forms import NeedsForm


class OwnDataForm(NeedsForm):
    """What a guardian may write about a child without asking anybody."""

    phone = PhoneField(
        _l("The child's phone number"), [Optional()], render_kw={"autocomplete": "off", "inputmode": "tel"}
    )


class WrongDataForm(Form):
    """What the school is asked to put right; what is right already is left as it is."""

    name = LineField(_l("Name, as it should be"), [at_most(60)], render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Date of birth, as it should be"), [born], render_kw={"autocomplete": "off"})
    words = TextField(_l("Anything else that is wrong"), [at_most(300)], rows=2)

    def validate_name(self, field: Any) -> None:
        """Take what can be a name."""
        field.data = tidy_name(field.data)
        if field.data and not is_name(field.data):
            raise ValidationError(_l("Only the name, 2 to 60 letters: no digits, brackets or class."))

    def wanted(self) -> Wanted:
        """Return what was typed."""
        return Wanted(self.name.data, self.born_on.data, self.words.data)


class NotSoForm(Form):
    """Why it stays as it is."""

    why = LineField(_l("Why not? The guardian reads it."), [required(), at_most(200)])
