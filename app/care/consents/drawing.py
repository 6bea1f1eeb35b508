"""The field on which a guardian signs with a finger; what signs without a script is the typed name, as everywhere."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError

from app.people.consents.drawn import Lines, read_lines, sealed_lines


class DrawnField(HiddenField):
    """A drawn signature; `components/signing.html` draws the pad. An empty one is none."""

    data: Any

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label or _l("Sign here with your finger"), [_is_drawing], **options)

    @property
    def lines(self) -> Lines:
        """What was drawn."""
        return read_lines(self.data or "") or []

    @property
    def sealed(self) -> bytes | None:
        """The same as it is kept, None for an empty pad."""
        return sealed_lines(self.lines)


def _is_drawing(_form: object, field: Field) -> None:
    if read_lines(field.data or "") is None:
        field.data = ""
        raise ValidationError(_("Please sign once more."))
