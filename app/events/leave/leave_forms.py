"""Saying why one cannot come, or did not, and forgiving it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, validators

from app.core.fields import TextField, choice
from app.core.forms import Form, at_most, required

_OTHER = "other"
_PRESETS = {"ill": _l("Ill"), "family": _l("Something at home"), "school": _l("Something at school")}
DATE, SERIES = "date", "series"


class LeaveForm(Form):
    """Why somebody cannot come."""

    preset = RadioField(
        _l("Why can you not come?"),
        [required(_l("Please choose one."))],
        choices=lambda: [*(choice(*one) for one in _PRESETS.items()), choice(_OTHER, _l("Something else"))],
    )
    words = TextField(_l("A few words more"), [validators.Optional(), at_most(200)], rows=2)

    def validate_preset(self, field: RadioField) -> None:
        """Ask for words where none of the usual reasons holds."""
        if field.data == _OTHER and not self.words.data:
            raise validators.ValidationError(_("Please say in a few words why."))

    @property
    def reason(self) -> str:
        """What was chosen and typed, as the host reads it."""
        said = [str(_PRESETS[self.preset.data])] if self.preset.data in _PRESETS else []
        return "：".join([*said, self.words.data] if self.words.data else said)


class SeriesLeaveForm(LeaveForm):
    """The same, for one date of a series or from it on."""

    scope = RadioField(
        _l("What is it about?"),
        choices=lambda: [choice(DATE, _l("This date only")), choice(SERIES, _l("I leave the series"))],
        default=DATE,
    )

    @property
    def is_about_series(self) -> bool:
        """Whether somebody leaves altogether."""
        return bool(self.scope.data == SERIES)


class PleaForm(Form):
    """Telling the host afterwards."""

    reason = TextField(_l("What happened?"), [required(), at_most(200)], rows=2)


class ForgiveForm(Form):
    """Why it is forgiven."""

    why: Any = TextField(_l("Why it is forgiven"), [required(), at_most(200)], rows=2)
