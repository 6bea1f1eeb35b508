"""Setting places aside, and inviting by a link."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, ValidationError, widgets

from app.core.clock import now
from app.core.fields import LineField, MomentField, WholeField, choice
from app.core.finding import read_id
from app.core.forms import Form, at_most, required
from app.events.models import Slot
from app.events.ways.allotments import Share
from app.events.ways.invitations import MOST_USES
from app.organisations.models import Organisation


class ShareForm(Form):
    """Places for the pupils of some schools."""

    name = LineField(_l("For whom"), [required(), at_most(40)])
    places = WholeField(_l("Places"), 1, 100_000)
    release_at = MomentField(_l("Kept until"), [required()])
    school_ids = SelectMultipleField(
        _l("Schools"), coerce=read_id, choices=[], option_widget=widgets.CheckboxInput(), validate_choice=True
    )

    def offer(self, slot: Slot, schools: list[Organisation]) -> None:
        """Let schools be chosen, and remember by when everybody must be able to sign up."""
        self.closes_at = slot.closes_at
        self.school_ids.choices = [choice(str(school.id), school.name) for school in schools]

    def validate_school_ids(self, field: Any) -> None:
        """Refuse a share for nobody."""
        if not field.data and not field.errors:
            raise ValidationError(_("Please tick at least one school."))

    def validate_release_at(self, field: MomentField) -> None:
        """Refuse places that nobody could take any more once they are released."""
        if field.data and field.data > self.closes_at:
            raise ValidationError(_("Sign-up closes before that: what is left would be lost."))

    def share(self) -> Share:
        """Return what was typed."""
        return Share(self.name.data, tuple(self.school_ids.data or ()), self.places.data, self.release_at.data)


class InvitationForm(Form):
    """For whom a link is, for how many, and until when."""

    note = LineField(_l("Who gets this link?"), [required(), at_most(60)])
    most_uses = WholeField(_l("For how many people"), 1, MOST_USES, default=10)
    expires_at = MomentField(_l("Good until"), [required()])

    def validate_expires_at(self, field: MomentField) -> None:
        """Refuse a link that is over before anybody has it."""
        if field.data and field.data <= now():
            raise ValidationError(_("That is over already. Please choose a later time."))
