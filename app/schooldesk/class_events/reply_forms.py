"""What a parent types on the page behind a class's link, and what the teacher says of an answer that waits."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, ValidationError

from app.care.consents.drawing import DrawnField
from app.care.consents.forms import NO, YES, SignedBelowForm
from app.core.fields import LineField, choice
from app.core.forms import Form, at_most, required
from app.events.models import Event, Slot
from app.events.registration.scopes import is_overnight
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.problems import CarerCannotConsent
from app.people.consents.words import PURPOSES
from app.people.forms import NameField
from app.schooldesk.class_events.finding_child import helps
from app.schooldesk.class_events.replying import Heard
from app.schooldesk.class_events.words import slot_words


def _helps(_form: Form, field: Field) -> None:
    if not helps(field.data or ""):
        raise ValidationError(_("A date such as 2013-05-18, or a mobile number of 11 digits."))


class ReplyForm(SignedBelowForm):
    """Whose parent, takes part or not, in which session, and who says so; nothing is chosen beforehand."""

    child = NameField(_l("Child's name"), render_kw={"autocomplete": "off"})
    aid = LineField(
        _l("Child's date of birth, or the phone number that the school has of you"),
        [required(), at_most(40), _helps],
        render_kw={"autocomplete": "off"},
    )
    takes_part = RadioField(_l("Does your child take part?"), [required(_l("Please choose an answer."))])
    slot_id = SelectField(_l("Session or shift"), coerce=int)
    photos = BooleanField(PURPOSES[Purpose.PHOTOS])
    health = BooleanField(PURPOSES[Purpose.HEALTH])
    drawn = DrawnField()

    def offer(self, event: Event, slots: Sequence[Slot]) -> None:
        """Let the parent answer about an event, and choose a session where there are several."""
        self.takes_part.choices = [
            choice(YES, str(_("I agree to taking part"))),
            choice(NO, str(_("Does not take part"))),
        ]
        choices = [(slot.id, slot_words(slot)) for slot in slots]
        self.slot_id.choices = [(0, _("Please choose")), *choices]
        if len(slots) < 2:
            self.only_slot_id = slots[0].id if slots else None
            del self.slot_id
        has_nights = any(is_overnight(slot) for slot in event.slots)
        if not has_nights:
            del self.drawn
        if not event.leaves_county and not has_nights:
            del self.health

    only_slot_id: int | None = None

    def validate_relation(self, field: SelectField) -> None:
        """Refuse the yes of somebody who may not say it, before anybody looks for the child."""
        if field.data == GuardianRelation.CARER and self.takes_part.data == YES:
            raise ValidationError(CarerCannotConsent().message)

    def validate_slot_id(self, field: SelectField) -> None:
        """Ask for a session where the child takes part."""
        if self.takes_part.data == YES and not field.data:
            raise ValidationError(_("Please choose one."))

    def heard(self, browser_hash: str) -> Heard:
        """Return what was typed."""
        answers = {Purpose.TAKING_PART: self.takes_part.data == YES}
        answers |= {one: bool(self[one].data) for one in (Purpose.PHOTOS, Purpose.HEALTH) if one in self}
        slot_id = self.slot_id.data if "slot_id" in self else self.only_slot_id
        drawn = self.drawn.sealed if "drawn" in self else None
        signed = (self.name.data, self.guardian_relation, browser_hash, drawn)
        return Heard(self.child.data, self.aid.data, slot_id, answers, *signed)
