"""What a guardian types on the private page."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from app.core.fields import LineField
from app.core.forms import Form, required
from app.core.typed import half_width
from app.people.forms import NameField

_FOUR = re.compile(r"[0-9]{4}")


class LastDigitsField(LineField):
    """The last four digits of a phone; of a whole number only these are kept."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read full-width digits, and the end of a number that was typed whole."""
        typed = "".join(half_width(valuelist[0]).split()) if valuelist else ""
        super().process_formdata([typed[-4:]])


def _is_four(_form: Form, field: Field) -> None:
    if not _FOUR.fullmatch(field.data):
        raise ValidationError(_("Four digits, please."))


class CollectorForm(Form):
    """Somebody who may fetch the child."""

    name = NameField(_l("Name of whoever may fetch the child"), render_kw={"autocomplete": "off"})
    phone_end = LastDigitsField(
        _l("Last four digits of their phone"),
        [required(), _is_four],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
