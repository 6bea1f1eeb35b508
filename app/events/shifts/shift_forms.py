"""What staff and volunteers type about shifts: rules, skills, insurance, swaps."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, ValidationError, validators

from app.core.clock import local_day, now
from app.core.fields import DayField, LineField, TextField, WholeField
from app.core.finding import read_id_or_none
from app.core.forms import Form, at_most, required
from app.events.rules import YOUNGEST_VOLUNTEER, Rules


class RulesForm(Form):
    """A unit's rules of signing up."""

    latest_hour = WholeField(_l("Minors volunteer until"), 12, 24)
    hours_a_day = WholeField(_l("Hours a day for minors"), 1, 24)
    travel_minutes = WholeField(_l("Minutes from one place to another"), 0, 600)
    youngest_volunteer = WholeField(_l("Youngest volunteers"), YOUNGEST_VOLUNTEER, 60)
    missed_until_later = WholeField(_l("Missed without a word, until one signs up later"), 0, 20)
    later_hours = WholeField(_l("Hours later"), 1, 336)
    missed_within_days = WholeField(_l("Within so many days"), 1, 730)
    asks_guardians = BooleanField(_l("Guardians are asked from 14 to 17, too"))

    def rules(self) -> Rules:
        """Return what was typed."""
        return Rules(**{name: self[name].data for name in Rules.__dataclass_fields__})


class SkillForm(Form):
    """A skill or training."""

    name = LineField(_l("Name of the skill or training"), [required(), at_most(40)])
    meaning = TextField(_l("What it is"), [required(), at_most(300)], rows=2)


class ConfirmForm(Form):
    """Until when a skill counts."""

    expires_on = DayField(_l("Counts until"), [validators.Optional()], render_kw={"placeholder": "20281231"})

    def validate_expires_on(self, field: DayField) -> None:
        """Refuse a day that is over."""
        day: date | None = field.data
        if day and day < local_day(now()):
            raise ValidationError(_l("This day is over already."))


class InsuranceForm(Form):
    """By what a risky shift is insured."""

    note = LineField(_l("Which policy"), [required(), at_most(200)])


class TakeForm(Form):
    """For whom a shift is taken over."""

    person_id = RadioField(
        _l("Who takes it?"),
        [required(_l("Please choose somebody."))],
        coerce=lambda typed: read_id_or_none(str(typed)) or 0,
        validate_choice=False,
    )


class SwapForm(Form):
    """Handing one's shift on."""

    note = LineField(_l("A word to whoever takes it"), [validators.Optional(), at_most(120)])
    is_for_all = BooleanField(_l("Show it to all who may take this shift"), default=True)
