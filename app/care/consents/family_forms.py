"""The guardian's answer as a part of the form of a sign-up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.validators import StopValidation

from app.care.consents.drawing import DrawnField
from app.care.consents.family import Child, FamilyAnswer, Spoken
from app.care.consents.guardian_page import Signed
from app.core.fields import choice
from app.core.forms import Form, required
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.forms import NameField

YES, LATER = "yes", "later"
PREFIX = "guardian-"


class FamilyForm(Form):
    """What is said about each child, and what whoever says it is to them; needed only where something is answered."""

    relation = SelectField(_l("You are the child's"), [required()])
    children: Sequence[Child] = ()
    purposes: Sequence[Purpose] = ()

    def __init__(self) -> None:
        super().__init__(prefix=PREFIX)
        self.relation.choices = [
            choice("", _("Please choose")),
            *(choice(str(one), str(said)) for one, said in RELATIONS.items()),
        ]

    def take(self, child: Child) -> RadioField:
        """Return the field of taking part."""
        found: RadioField = self[_take(child)]
        return found

    def extras(self, child: Child) -> list[BooleanField]:
        """Return the fields of the other purposes."""
        return [self[f"{purpose}_{child.key}"] for purpose in self.purposes]

    @property
    def agreed(self) -> list[Child]:
        """For whom the parent agreed."""
        return [one for one in self.children if self.take(one).data == YES]

    def is_right(self) -> bool:
        """Return whether what was answered is signed; where nothing was, nothing is missing."""
        return not self.agreed or bool(self.validate())

    def spoken(self, child: Child) -> Spoken:
        """Return what was said about a child."""
        extras = {purpose: bool(self[f"{purpose}_{child.key}"].data) for purpose in self.purposes}
        return {Purpose.TAKING_PART: True, **extras}

    def answer(self, browser_hash: str, name: str | None = None) -> FamilyAnswer | None:
        """Return what was answered, in which browser and by whom; None where everything is left for later."""
        if not self.agreed:
            return None
        signed = Signed(name or self.signature, GuardianRelation(self.relation.data), browser_hash)
        drawn = self.drawn.sealed if "drawn" in self else None
        return FamilyAnswer({one.key: self.spoken(one) for one in self.agreed}, signed, drawn)

    @property
    def signature(self) -> str:
        """The typed name, where it is asked for here."""
        return ""


class SignedFamilyForm(FamilyForm):
    """The same where nobody has typed the own name yet."""

    name = NameField(_l("Your name (the guardian's)"), render_kw={"autocomplete": "name"})

    @property
    def signature(self) -> str:
        """The typed name."""
        return str(self.name.data)


def family_form(
    children: Sequence[Child], purposes: Sequence[Purpose], *, has_name: bool, is_overnight: bool
) -> FamilyForm:
    """Return a form with two equal answers for each child, and whatever else applies; nothing is ticked. For nights
    away it can be signed by hand."""
    fields: dict[str, Any] = {"children": tuple(children), "purposes": tuple(purposes)}
    if is_overnight:
        fields["drawn"] = DrawnField()
    for child in children:
        fields[_take(child)] = _two_answers()
        for purpose in purposes:
            fields[f"{purpose}_{child.key}"] = BooleanField(PURPOSES[purpose])
    made: FamilyForm = type("FamilyAnswerForm", (FamilyForm if has_name else SignedFamilyForm,), fields)()
    return made


def agrees_for_one(sent: Mapping[str, str], person_ids: Iterable[int]) -> bool:
    """Return whether a form that was sent agrees for one of some people; without a look at the database."""
    return any(sent.get(f"{PREFIX}take_{number}") == YES for number in person_ids)


def _take(child: Child) -> str:
    return f"take_{child.key}"


def _two_answers() -> RadioField:
    return RadioField(_l("Your child takes part: do you agree?"), [_may_be_left_out], choices=_answers)


def _may_be_left_out(_form: Form, field: Field) -> None:
    """Take no answer for one that comes later; WTForms' own `Optional` would call the question so on the page."""
    if field.data is None:
        field.errors = []
        raise StopValidation


def _answers() -> list[Any]:
    return [choice(YES, str(_("I agree to taking part"))), choice(LATER, str(_("A guardian answers later")))]
