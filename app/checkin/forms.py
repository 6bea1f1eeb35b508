"""Putting attendance right."""

from flask_babel import lazy_gettext as _l

from app.core.fields import LineField
from app.core.forms import Form, at_most, required


class CorrectionForm(Form):
    """Why what the door recorded is not what was."""

    reason = LineField(_l("Reason"), [required(), at_most(200)])
