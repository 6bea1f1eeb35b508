"""Opening a round of choices, and saying what comes first."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, validators
from wtforms.widgets import CheckboxInput

from app.core.fields import LineField, MomentField, choice
from app.core.forms import Form, at_most, required
from app.programmes.models import MOST_CHOICES, Application, Programme


class SeveralField(SelectMultipleField):
    """Any of the choices, a box each."""

    option_widget = CheckboxInput()


class ChoiceRoundForm(Form):
    """Which programmes are filled together, and until when families choose."""

    title = LineField(_l("Title"), [required(), at_most(60)])
    programmes = SeveralField(_l("Which programmes?"), coerce=int)
    closes_at = MomentField(_l("Families choose until"), [required()])

    def offer(self, programmes: Sequence[Programme]) -> None:
        """Let the host's programmes be ticked."""
        self.programmes.choices = [choice(str(one.id), one.title) for one in programmes]


class RankingForm(Form):
    """What comes first, second, third."""

    def chosen(self) -> list[int]:
        """Return the applications in their order."""
        return [int(field.data) for field in self if field.data and int(field.data)]


def ranking_form(own: Sequence[Application]) -> type[RankingForm]:
    """Return the form with a choice for each application, three at most."""
    programmes = [choice(str(one.id), one.side.programme.title) for one in own]
    labels = (_l("First choice"), _l("Second choice"), _l("Third choice"))
    rows: dict[str, Any] = {
        f"rank{place}": SelectField(
            label, [validators.Optional()], choices=[choice("0", _("none")), *programmes], default="0"
        )
        for place, label in enumerate(labels[: min(MOST_CHOICES, len(own))], start=1)
    }
    return type("RankedChoicesForm", (RankingForm,), rows)
