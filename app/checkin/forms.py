"""Putting attendance right, and notes."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from app.checkin.models import CorrectionKind
from app.core.fields import LineField, TextField, choice
from app.core.forms import Form, at_most, required
from app.events.models.desk import LONGEST_COMMENT


class CommentForm(Form):
    """A note for one's colleagues."""

    words = TextField(_l("One more note"), [required(), at_most(LONGEST_COMMENT)], rows=2)


class CorrectionForm(Form):
    """What was, and why the door recorded something else."""

    reason = LineField(_l("Reason"), [required(), at_most(200)])
    kind = RadioField(
        choices=[
            choice(CorrectionKind.PRESENT.value, _l("Was here after all")),
            choice(CorrectionKind.ABSENT.value, _l("Was not here")),
        ]
    )

    @property
    def was_here(self) -> bool:
        """Whether the person was there."""
        return bool(self.kind.data == CorrectionKind.PRESENT.value)
