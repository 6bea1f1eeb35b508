"""Setting up a programme: its words, calling it off, copying it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, validators
from wtforms.widgets import CheckboxInput

from app.core.fields import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    DayField,
    LineField,
    PictureField,
    TextField,
    WholeField,
    choice,
)
from app.core.finding import read_id_or_none
from app.core.forms import Form, at_most, required
from app.organisations.models import SchoolLevel
from app.organisations.words import LEVEL_WORDS
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Agreement, Direction, Entry, Programme, Reach
from app.programmes.planning import ProgrammeWords
from app.programmes.words import DIRECTION_WORDS, ENTRY_WORDS, REACH_WORDS

_NOBODY = "0"


def number_or_none(value: object) -> int | None:
    """Return the number of what was chosen, None for nothing."""
    return read_id_or_none(str(value))


class PlanDayField(DayField):
    """A day that somebody plans something on."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a year in which nobody plans anything."""
        if self.data and not EARLIEST_YEAR <= self.data.year <= LATEST_YEAR:
            raise validators.ValidationError(_("Please check the year."))


class ProgrammeForm(Form):
    """The words of a programme, and its picture."""

    title = LineField(_l("Name of the programme"), [required(), at_most(80)])
    kind = SelectField(_l("Kind"), choices=lambda: [choice(one.value, one.words) for one in ProgrammeKind])
    reach = SelectField(_l("How far"), choices=lambda: [choice(one.value, REACH_WORDS[one]) for one in Reach])
    direction = SelectField(_l("Direction"))
    introduction = TextField(_l("Introduction"), [required(), at_most(6000)], rows=8)
    place = LineField(_l("Place"), [required(), at_most(120)])
    contact = LineField(_l("Contact for questions"), [required(), at_most(120)])
    starts_on = PlanDayField(_l("First day"), [required()], render_kw={"placeholder": "20270712"})
    ends_on = PlanDayField(_l("Last day"), [required()], render_kw={"placeholder": "20270717"})
    min_age = WholeField(_l("From age"), 0, 110, default=6)
    max_age = WholeField(_l("To age"), 0, 110, default=35)
    levels = SelectMultipleField(
        _l("For which schools"),
        choices=lambda: [choice(one.value, LEVEL_WORDS[one]) for one in SchoolLevel],
        option_widget=CheckboxInput(),
    )
    campaigns = TextField(_l("Campaigns it belongs to"), [validators.Optional(), at_most(300)], rows=2)
    entry = RadioField(
        _l("How does one come to a place?"),
        choices=lambda: [choice(one.value, ENTRY_WORDS[one]) for one in Entry],
        default=Entry.NOMINATION.value,
    )
    confirm_days = WholeField(_l("Days to answer, for whoever is chosen"), 1, 30, default=3)
    nights_away = BooleanField(_l("Nights away from home"))
    needs_insurance = BooleanField(_l("The insurance needs identity documents"))
    needs_tickets = BooleanField(_l("The tickets need identity documents"))
    needs_rooms = BooleanField(_l("The rooms need identity documents"))
    agreement_id = SelectField(_l("Under which agreement"), coerce=number_or_none, choices=[])
    picture = PictureField(_l("Picture"))

    def __init__(self, agreements: Sequence[Agreement] = (), **options: Any) -> None:
        super().__init__(**options)
        self.direction.choices = [
            choice("", _("neither, or both ways")),
            *(choice(one.value, DIRECTION_WORDS[one]) for one in Direction),
        ]
        self.agreement_id.choices = [
            choice(_NOBODY, _("none")),
            *(choice(str(one.id), one.title) for one in agreements),
        ]

    def validate_ends_on(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise validators.ValidationError(_("It must not end before it begins."))

    def validate_max_age(self, field: WholeField) -> None:
        """Refuse ages the wrong way round."""
        if self.min_age.data is not None and field.data is not None and field.data < self.min_age.data:
            raise validators.ValidationError(_("This is younger than the youngest age."))

    def words(self) -> ProgrammeWords:
        """Return what was typed."""
        taught = " ".join(self.levels.data or [])
        campaigns = [line.strip() for line in self.campaigns.data.splitlines() if line.strip()]
        return ProgrammeWords(
            title=self.title.data,
            kind=ProgrammeKind(self.kind.data),
            reach=Reach(self.reach.data),
            direction=Direction(self.direction.data) if self.direction.data else None,
            introduction=self.introduction.data,
            place=self.place.data,
            contact=self.contact.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            min_age=self.min_age.data,
            max_age=self.max_age.data,
            campaigns="\n".join(dict.fromkeys(campaigns)),
            levels=f" {taught} " if taught else "",
            entry=Entry(self.entry.data),
            confirm_days=self.confirm_days.data,
            nights_away=self.nights_away.data,
            needs_insurance=self.needs_insurance.data,
            needs_tickets=self.needs_tickets.data,
            needs_rooms=self.needs_rooms.data,
            agreement_id=self.agreement_id.data,
        )


class NewProgrammeForm(ProgrammeForm):
    """A programme that somebody sets up."""

    host_id = SelectField(_l("Host"), coerce=int)


class ReasonForm(Form):
    """Why something is called off."""

    reason = TextField(_l("Reason, shown to everyone"), [required(), at_most(300)])


class CopyForm(Form):
    """On which day the copy begins."""

    starts_on = PlanDayField(_l("First day"), [required()], render_kw={"placeholder": "20270712"})


def programme_values(programme: Programme) -> dict[str, Any]:
    """Return a programme as the form's starting values."""
    same = (
        "title introduction place contact starts_on ends_on min_age max_age campaigns confirm_days nights_away"
        " needs_insurance needs_tickets needs_rooms agreement_id picture"
    )
    own = {"kind": programme.kind.value, "reach": programme.reach.value, "entry": programme.entry.value}
    own |= {"direction": programme.direction.value if programme.direction else ""}
    own |= {"levels": [level.value for level in programme.school_levels]}  # type: ignore[dict-item]
    return {name: getattr(programme, name) for name in same.split()} | own
