"""Ending a pair, and putting somebody in."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from app.core.fields import DayField, TextField, choice
from app.core.forms import Form, at_most, required
from app.pairing.ending.operations import Why
from app.pairing.models import PairingMember

IN_TIME, EARLY, NOBODY = "in_time", "early", "0"


class WhyForm(Form):
    """On which day, and why."""

    ended_on = DayField(_l("On which day?"), [required()])
    reason = TextField(_l("Why? Only your unit reads it"), [at_most(300)], rows=2)

    def why(self) -> Why:
        """Return what was typed."""
        return Why(self.ended_on.data, self.reason.data)


class EndingForm(WhyForm):
    """How a pair ends."""

    how = RadioField(
        _l("How does it end?"),
        [required()],
        choices=[
            choice(IN_TIME, _l("Its time is over: they were partners")),
            choice(EARLY, _l("They are parted early, and can be paired anew")),
        ],
    )


class SubstitutionForm(WhyForm):
    """Who leaves, why, and who comes."""

    substitute_id = RadioField(_l("Who comes?"), coerce=int)

    def offer(self, free: Sequence[PairingMember]) -> None:
        """Let these be chosen, or nobody."""
        told = [(one.id, " · ".join(filter(None, (one.person.name, one.class_name)))) for one in free]
        self.substitute_id.choices = [choice(str(number), words) for number, words in told]
        self.substitute_id.choices.append(choice(NOBODY, _l("Nobody for now")))
