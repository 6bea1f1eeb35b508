"""What guardians answer, and what staff writes down after a call."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField

from app.care.consents.answering import Said
from app.care.consents.drawing import DrawnField
from app.care.consents.queries import Asked
from app.core.fields import MomentField, choice
from app.core.forms import Form, required
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.forms import NameField

_WHO = {"autocomplete": "name"}
YES, NO, CONFIRMS = "yes", "no", "confirms"


class SignedForm(Form):
    """Who answers: the typed name is the signature."""

    name = NameField(_l("Your name (the guardian's)"), render_kw=_WHO)
    relation = SelectField(_l("You are the child's"), [required()])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.relation.choices = [
            choice("", _("Please choose")),
            *(choice(str(one), str(said)) for one, said in RELATIONS.items()),
        ]

    @property
    def guardian_relation(self) -> GuardianRelation:
        """What was chosen."""
        return GuardianRelation(self.relation.data)


class SignedBelowForm(SignedForm):
    """Questions, and below them who answers: what has to be mended is listed in that order, too."""

    def __iter__(self) -> Iterator[Field]:
        """Go through the questions first."""
        signature = ("name", "relation", "drawn")
        return iter(sorted(super().__iter__(), key=lambda field: field.short_name in signature))


def answer_form(asked: list[Asked], **values: Any) -> SignedForm:
    """Return a form with two equal answers for each child, and whatever else applies; nothing is ticked. For nights
    away it can be signed by hand."""
    fields: dict[str, Any] = {"drawn": DrawnField()} if any(one.is_overnight for one in asked) else {}
    for one in asked:
        fields[take(one)] = _two_answers()
        for purpose in one.extras:
            fields[extra(one, purpose)] = BooleanField(PURPOSES[purpose])
    made: SignedForm = type("AnswerForm", (SignedBelowForm,), fields)(**values)
    return made


def take(asked: Asked) -> str:
    """Return the name of the field of taking part."""
    return f"take_{asked.ask.id}"


def extra(asked: Asked, purpose: Purpose) -> str:
    """Return the name of the field of another purpose."""
    return f"{purpose}_{asked.ask.id}"


def said_in(form: SignedForm, asked: Asked) -> Said:
    """Return what was said about one child."""
    answers = {Purpose.TAKING_PART: form[take(asked)].data == YES}
    answers |= {purpose: bool(form[extra(asked, purpose)].data) for purpose in asked.extras}
    drawn = form.drawn.sealed if asked.is_overnight else None
    return Said(asked.ask.person_id, asked.ask.scope, answers, drawn)


class CallForm(Form):
    """What was said on the phone."""

    guardian_id = RadioField(_l("Whom did you call?"), [required(_l("Please choose somebody."))], coerce=int)
    called_at = MomentField(_l("When did you call?"), [required()])
    takes_part = RadioField(_l("What did the guardian say?"), [required(_l("Please choose an answer."))])
    health = BooleanField(PURPOSES[Purpose.HEALTH])
    photos = BooleanField(PURPOSES[Purpose.PHOTOS])

    def offer(self, guardians: list[tuple[int, str]], *, has_answered: bool = False) -> None:
        """Say who may be called, and that what was answered may be confirmed as it stands."""
        self.guardian_id.choices = [choice(str(number), words) for number, words in guardians]
        as_it_stands = [choice(CONFIRMS, str(_("The answer is theirs, as it stands")))] if has_answered else []
        self.takes_part.choices = [*as_it_stands, *_answers_heard()]

    def spoken(self) -> dict[Purpose, bool] | None:
        """Return what was said, None for what was answered before."""
        if self.takes_part.data == CONFIRMS:
            return None
        extras = {one: bool(self[one].data) for one in (Purpose.HEALTH, Purpose.PHOTOS) if one in self}
        return {Purpose.TAKING_PART: self.takes_part.data == YES, **extras}


class NewGuardianForm(SignedForm):
    """Somebody to call who is on no list yet."""

    name = NameField(_l("Guardian's name"), render_kw={"autocomplete": "off"})
    relation = SelectField(_l("What they are to the child"), [required()])


def _two_answers() -> RadioField:
    return RadioField(_l("Does your child take part?"), [required(_l("Please choose an answer."))], choices=_answers)


def _answers_heard() -> list[Any]:
    return [choice(YES, str(_("Agrees to taking part"))), choice(NO, str(_("Does not take part")))]


def _answers() -> list[Any]:
    return [choice(YES, str(_("I agree to taking part"))), choice(NO, str(_("Does not take part")))]
