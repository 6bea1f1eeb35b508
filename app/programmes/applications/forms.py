"""Deciding, and saying why one would like to come."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, validators

from app.core.fields import LineField, TextField, choice
from app.core.forms import Form, at_most, required
from app.programmes.applications.deciding import Decision, Verdict
from app.programmes.models import Reason, Side
from app.programmes.words import REASON_WORDS


class DecisionForm(Form):
    """What is decided on everybody who is ticked, and why."""

    verdict = SelectField(
        _l("What to do"),
        [required(_l("Please choose what to do."))],
        choices=lambda: [choice(one.value, words) for one, words in VERDICT_WORDS.items()],
    )
    reason = SelectField(
        _l("Reason, where somebody is refused"),
        choices=lambda: [
            choice("", _("none")),
            *(choice(one.value, REASON_WORDS[one]) for one in Reason),
        ],
        default="",
    )
    words = LineField(_l("In words; the family reads it"), [validators.Optional(), at_most(200)])

    def decision(self) -> Decision:
        """Return what was chosen."""
        reason = Reason(self.reason.data) if self.reason.data else None
        return Decision(Verdict(self.verdict.data), reason, self.words.data)


class NominationForm(Form):
    """Why the school recommends these pupils."""

    statement = TextField(_l("Why these pupils? The host reads it."), [validators.Optional(), at_most(600)], rows=3)


class TakeBackForm(Form):
    """Why a recommendation is taken back."""

    words = LineField(_l("Why? The family reads it."), [required(), at_most(200)])


class ApplicationForm(Form):
    """For whom, on which side, and why one would like to come."""

    person_id = SelectField(_l("Who would like to come?"), coerce=int, choices=[])
    side_id = SelectField(_l("From where?"), coerce=int, choices=[])
    statement = TextField(_l("Why would you like to come?"), [validators.Optional(), at_most(1000)], rows=5)

    def offer(self, persons: list[tuple[int, str]], sides: list[Side]) -> None:
        """Say who may apply, and where."""
        self.person_id.choices = [choice(str(number), name) for number, name in persons]
        self.side_id.choices = [choice(str(side.id), side.title) for side in sides]


VERDICT_WORDS: dict[Verdict, Any] = {
    Verdict.ACCEPT: _l("Give them a place"),
    Verdict.RESERVE: _l("Put them on the reserve list"),
    Verdict.REFUSE: _l("Refuse, with a reason"),
    Verdict.REOPEN: _l("Decide anew"),
    Verdict.CANCEL: _l("Take the place back, with a reason"),
}
