"""What staff says when they refuse, move, cancel, note or enter somebody."""

from collections.abc import Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, validators

from app.core.fields import DayField, LineField, PhoneField, TextField, choice
from app.core.forms import Form, at_most, required
from app.events.acts.by_hand import Entry
from app.events.models import Slot
from app.people.forms import NameField, PersonForm, born
from app.people.operations import Details

_OWN = "own"


class ReasonForm(Form):
    """Why, as one of the usual reasons, in one's own words, or both; whoever is meant reads it."""

    presets: tuple[LazyString, ...] = ()
    preset = RadioField(_l("Reason"), [validators.Optional()])
    reason = TextField(_l("In your own words"), [at_most(200)], rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = [choice(str(number), str(words)) for number, words in enumerate(self.presets)]
        self.preset.choices = [*usual, choice(_OWN, _("Another one, as I write it"))]
        self.preset.flags.optional = False  # one of the two is needed

    def validate_reason(self, field: TextField) -> None:
        """Refuse to leave people without a reason."""
        if not field.data and self.preset.data in {None, _OWN}:
            raise validators.ValidationError(_("Please say why: whoever is refused is told."))

    def words(self) -> str:
        """Return the whole reason."""
        usual = "" if self.preset.data in {None, _OWN} else str(self.presets[int(self.preset.data)])
        return " ".join(filter(None, (usual, self.reason.data)))


class RefusalForm(ReasonForm):
    """Why somebody gets no place."""

    presets = (
        _l("There were more sign-ups than places this time."),
        _l("It is meant for another age or grade."),
        _l("Some answers are missing, and we could not reach you."),
    )


class CancellationForm(ReasonForm):
    """Why staff takes a sign-up back."""

    presets = (
        _l("You or your family asked us to cancel it."),
        _l("The sign-up was entered twice."),
        _l("We could not reach you."),
    )


class MoveForm(Form):
    """Where to."""

    slot_id = SelectField(_l("To which session or shift?"), [required()], coerce=int)

    def offer(self, slots: list[Slot]) -> None:
        """Let staff choose one of the slots."""
        self.slot_id.choices = [
            choice(str(slot.id), _("%(title)s · %(free)s free", title=slot.title, free=slot.free)) for slot in slots
        ]


class SomebodyForm(Form):
    """Somebody whom staff enters; of one who is here already, whether it is the same person."""

    beside = "slot_id"
    name = NameField(_l("Name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Date of birth"), [required(), born], render_kw={"autocomplete": "off"})
    phone = PhoneField(
        _l("Phone number"), [validators.Optional()], render_kw={"inputmode": "tel", "autocomplete": "off"}
    )
    slot_id = SelectField(_l("Session or shift"), [required()], coerce=int)
    known = RadioField(_l("Is it the same person?"), [validators.Optional()], choices=[])

    def offer_slots(self, slots: Sequence[Slot]) -> None:
        """Let staff choose one of the slots, the first beforehand."""
        self.slot_id.choices = [
            choice(str(slot.id), _("%(title)s · %(free)s free", title=slot.title, free=max(slot.free, 0)))
            for slot in slots
        ]

    def offer_known(self, people: Sequence[tuple[int, str]]) -> None:
        """Ask whether it is one of these people."""
        same = [choice(str(number), words) for number, words in people]
        self.known.choices = [*same, choice("0", _("Somebody else of the same name"))] if same else []

    def entry(self) -> Entry:
        """Return what was typed."""
        return Entry(self.details(), self.phone.data, self._known_id())

    def details(self) -> Details:
        """Return who it is."""
        return Details(self.name.data, self.born_on.data, None, "")

    def _known_id(self) -> int | None:
        return int(self.known.data) if self.known.data else None


class WalkInForm(SomebodyForm):
    """Somebody at the door: the shortest form there is."""


class EntryForm(PersonForm, SomebodyForm):
    """Somebody whom staff enters from a phone call or a paper list, with school and class."""

    name = NameField(_l("Name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Date of birth"), [required(), born], render_kw={"autocomplete": "off"})
    may_wait = BooleanField(_l("Put on the waiting list if no place is free"))

    def entry(self) -> Entry:
        """Return what was typed."""
        return Entry(self.details(), self.phone.data, self._known_id(), bool(self.may_wait.data))


class SubstituteForm(Form):
    """Which pupil takes the place over, and why."""

    beside = "name"
    name = NameField(_l("Name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Date of birth"), [required(), born], render_kw={"autocomplete": "off"})
    reason = LineField(_l("Reason"), [required(), at_most(100)])
