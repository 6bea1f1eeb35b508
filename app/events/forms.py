"""Setting up events, changing plans, and choosing who takes part."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, validators

from app.core.clock import now
from app.core.fields import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    DayField,
    LineField,
    MomentField,
    PictureField,
    TextField,
    WholeField,
    choice,
)
from app.core.finding import read_id
from app.core.forms import Form, after, at_most, required
from app.events.models import Event, Skill, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan
from app.events.ways.way_in_forms import WayInFields, way_values
from app.programmes.kinds import ProgrammeKind


def kinds() -> list[Any]:
    """Return the kinds to choose from."""
    return [choice(kind.value, kind.words) for kind in ProgrammeKind]


def _number(value: object) -> int:
    try:
        return read_id(str(value))
    except ValueError:
        return 0


class EventForm(Form):
    """The words of an event, and its picture."""

    title = LineField(_l("Title"), [required(), at_most(80)])
    kind = SelectField(_l("Kind"), choices=kinds)
    summary = TextField(_l("What happens, what to bring"), [required(), at_most(4000)], rows=6)
    place = LineField(_l("Place"), [required(), at_most(120)])
    contact = LineField(_l("Contact for questions"), [required(), at_most(120)])
    rain_plan = TextField(_l("If it rains"), [validators.Optional(), at_most(300)], rows=2)
    leaves_county = BooleanField(_l("It leads out of the county"))
    picture = PictureField(_l("Picture"))

    def words(self) -> EventWords:
        """Return what was typed."""
        return EventWords(
            title=self.title.data,
            kind=ProgrammeKind(self.kind.data),
            summary=self.summary.data,
            place=self.place.data,
            contact=self.contact.data,
            rain_plan=self.rain_plan.data,
            leaves_county=self.leaves_county.data,
        )


class SlotFields(WayInFields):
    """When, where, how many, for whom."""

    slot_title = LineField(_l("Name of the session or shift"), [required(), at_most(60)])
    form = RadioField(
        _l("Session or shift?"),
        choices=[
            choice(SlotForm.SESSION.value, _l("Session: people take part")),
            choice(SlotForm.SHIFT.value, _l("Shift: volunteers serve")),
        ],
        default=SlotForm.SESSION.value,
    )
    starts_at = MomentField(_l("Begins"), [required()])
    ends_at = MomentField(_l("Ends"), [required(), after("starts_at", _l("It must end after it begins."))])
    slot_place = LineField(_l("Meeting point, if it differs"), [at_most(120)])
    capacity = WholeField(_l("Places"), 1, 100_000, default=30)
    min_age = WholeField(_l("From age"), 0, 110, default=6)
    max_age = WholeField(_l("To age"), 0, 110, default=35)
    opens_at = MomentField(_l("Sign-up opens"), [required()])
    closes_at = MomentField(_l("Sign-up closes"), [required(), after("opens_at", _l("It must close after it opens."))])
    skill_id = SelectField(_l("Needs a skill or training"), coerce=_number, default=0, choices=[])
    is_risky = BooleanField(_l("Risky: nobody serves uninsured"))
    allows_swaps = BooleanField(_l("Volunteers may hand a shift on to each other"), default=True)
    teaches_skill_id = SelectField(_l("Teaches a skill"), coerce=_number, default=0, choices=[])

    def __init__(self, skills: Sequence[Skill] = (), **options: Any) -> None:
        super().__init__(**options)
        self.skills = {skill.id: skill for skill in skills}
        for field in (self.skill_id, self.teaches_skill_id):
            field.choices = [choice("0", _("none")), *(choice(str(one.id), one.name) for one in skills)]

    def validate_skill_id(self, field: SelectField) -> None:
        """Refuse for a session what only shifts have."""
        if field.data and self.form.data == SlotForm.SESSION:
            raise validators.ValidationError(_("Only a volunteer shift can need a skill."))

    def validate_is_risky(self, field: BooleanField) -> None:
        """Refuse for a session what only shifts have."""
        if field.data and self.form.data == SlotForm.SESSION:
            raise validators.ValidationError(_("Only a volunteer shift can be marked as risky."))

    def validate_max_age(self, field: WholeField) -> None:
        """Refuse ages the wrong way round."""
        if self.min_age.data is not None and field.data is not None and field.data < self.min_age.data:
            raise validators.ValidationError(_("This is younger than the youngest age."))

    def validate_closes_at(self, field: MomentField) -> None:
        """Refuse a sign-up that would outlive what one signs up for."""
        if field.data and self.ends_at.data and field.data > self.ends_at.data:
            raise validators.ValidationError(_("Sign-up must close before it ends."))

    def plan(self) -> SlotPlan:
        """Return what was typed."""
        return SlotPlan(
            title=self.slot_title.data,
            form=SlotForm(self.form.data),
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            place=self.slot_place.data,
            capacity=self.capacity.data,
            min_age=self.min_age.data,
            max_age=self.max_age.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            skill_id=self.skill_id.data or None,
            teaches_skill_id=self.teaches_skill_id.data or None,
            is_risky=self.is_risky.data,
            allows_swaps=self.allows_swaps.data,
            **self.way(),
        )


class NewEventForm(EventForm, SlotFields):
    """An event with its first slot, on one page."""

    host_id = SelectField(_l("Host"), coerce=int)

    def validate_skill_id(self, field: SelectField) -> None:
        """Refuse a skill of another host's list, too."""
        super().validate_skill_id(field)
        self._refuse_foreign(field)

    def validate_teaches_skill_id(self, field: SelectField) -> None:
        """Refuse a skill of another host's list."""
        self._refuse_foreign(field)

    def _refuse_foreign(self, field: SelectField) -> None:
        skill = self.skills.get(field.data)
        if skill and skill.organisation_id != self.host_id.data:
            raise validators.ValidationError(_("This skill is on the list of another host."))


class SlotEditForm(SlotFields):
    """One slot."""


class ReasonForm(Form):
    """Why something is called off."""

    reason = TextField(_l("Reason, shown to everyone"), [required(), at_most(300)])


class PostponeForm(ReasonForm):
    """Another time, and why."""

    starts_at = MomentField(_l("New beginning"), [required()])


class NoticeForm(Form):
    """What everybody should know just now."""

    notice = TextField(_l("Notice, shown to everyone"), [validators.Optional(), at_most(300)])


class CopyForm(Form):
    """On which day the copy begins."""

    starts_at = DayField(_l("First day"), [required()], render_kw={"placeholder": "20261128"})

    def validate_starts_at(self, field: DayField) -> None:
        """Refuse a year in which nobody plans anything: the last slot would lie beyond the calendar."""
        if field.data and not EARLIEST_YEAR <= field.data.year <= LATEST_YEAR:
            raise validators.ValidationError(_("Please check the year."))


def first_slot_defaults() -> dict[str, Any]:
    """Return what most first slots look like: a week from now, nine to eleven, sign-up from now on."""
    moment = now().replace(minute=0, second=0, microsecond=0)
    begins = (moment + timedelta(days=7)).replace(hour=1)  # 09:00 in Shanghai
    return {
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "opens_at": moment,
        "closes_at": begins - timedelta(hours=12),
    }


def slot_values(slot: Slot) -> dict[str, Any]:
    """Return a slot as the form's starting values."""
    same = (
        "starts_at",
        "ends_at",
        "capacity",
        "min_age",
        "max_age",
        "opens_at",
        "closes_at",
        "is_risky",
        "allows_swaps",
    )
    own: dict[str, Any] = {"slot_title": slot.title, "slot_place": slot.place, "form": slot.form.value}
    own |= {"skill_id": slot.skill_id or 0, "teaches_skill_id": slot.teaches_skill_id or 0}
    return own | {name: getattr(slot, name) for name in same} | way_values(slot)


def event_values(event: Event) -> dict[str, Any]:
    """Return an event as the form's starting values."""
    same = ("title", "summary", "place", "contact", "rain_plan", "leaves_county", "picture")
    return {name: getattr(event, name) for name in same} | {"kind": event.kind.value}
