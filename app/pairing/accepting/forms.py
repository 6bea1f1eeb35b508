"""What families type about a pair, and what the organiser sets and writes down."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError

from app.core.clock import local_day, now
from app.core.fields import DayField, LineField, PhoneField, TextField, choice
from app.core.forms import Form, at_most, required
from app.pairing.accepting.contacts import Reachable
from app.pairing.models import PairingRound
from app.pairing.states import PairAnswer, Way
from app.pairing.words import SAID, WAYS
from app.people.consents.models import GuardianRelation
from app.people.consents.words import RELATIONS
from app.people.names import is_name, tidy_name

YOUTH, NEW_GUARDIAN = -1, 0
_ASKED = [(one, label) for one, label in RELATIONS.items() if one is not GuardianRelation.CARER]


class ReasonForm(Form):
    """Why somebody would like another partner, or none: for the organiser alone, and never asked for."""

    reason = TextField(_l("Would you like to say why?"), [at_most(200)])


class ContactForm(Form):
    """How the partner may reach somebody."""

    phone = PhoneField(_l("Phone"))
    wechat = LineField(_l("WeChat name"), [at_most(40)])
    agrees = BooleanField(_l("The other family may see this, so that the two can reach each other. For nothing else."))

    def validate_agrees(self, field: Any) -> None:
        """Refuse what nobody agreed to."""
        if not field.data:
            raise ValidationError(_("Please tick this if you agree; without it nothing is kept."))

    def words(self) -> Reachable:
        """Return what was typed."""
        return Reachable(self.phone.data or "", self.wechat.data)


class WayForm(Form):
    """By which way the pairs of a round come about, once it is published."""

    way = RadioField(
        _l("How do families agree?"), choices=[choice(one.value, label) for one, (label, _) in WAYS.items()]
    )
    answer_on = DayField(_l("Families answer until"))

    @classmethod
    def of(cls, one: PairingRound) -> "WayForm":
        """Return the form as a round is set now."""
        return cls(data={"way": one.way.value, "answer_on": one.answer_on})

    def validate_answer_on(self, field: Any) -> None:
        """Refuse a day that leaves a family no evening."""
        if field.data and field.data <= local_day(now()):
            raise ValidationError(_("Please choose a day from tomorrow on."))

    def chosen(self) -> tuple[Way, date | None]:
        """Return what was chosen."""
        return Way(self.way.data), self.answer_on.data


class CallForm(Form):
    """What somebody said on the phone about a pair."""

    who = SelectField(_l("Who said it?"), coerce=int)
    name = LineField(_l("Name of the guardian"), [at_most(60)])
    relation = SelectField(
        _l("What they are to the child"), choices=[choice(one.value, label) for one, label in _ASKED]
    )
    answer = RadioField(_l("What was said?"), [required()])
    contact = BooleanField(_l("The other family may see the phone and WeChat that were typed"))
    reason = TextField(_l("Reason"), [at_most(200)])

    def offer(self, way: Way, known: list[tuple[int, str]], *, is_minor: bool) -> None:
        """Let those be chosen who may have said it, the youth itself and a minor's guardians, and what may be said."""
        said = {Way.PERSON: ("accepted", "another"), Way.CLASS: ("objected",)}[way]
        self.answer.choices = [choice(one, SAID[PairAnswer(one)]) for one in said]
        new = [(NEW_GUARDIAN, str(_l("A guardian who is not on the list")))] if is_minor else []
        own = [(YOUTH, str(_l("The young person")))]
        self.who.choices = [choice(str(number), label) for number, label in [*known, *new, *own]]

    def validate_name(self, field: Any) -> None:
        """Ask for a name where nobody on the list was chosen."""
        if self.who.data == NEW_GUARDIAN and not is_name(tidy_name(field.data)):
            raise ValidationError(_("Please type the guardian's name."))
