"""Who comes to a slot, and with whom."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, ValidationError, widgets

from app.core.fields import SomeNumberField, choice
from app.core.finding import read_id
from app.core.forms import Form, required
from app.core.problems import Problem
from app.events.models import Slot
from app.events.registration.wishes import SignUp
from app.people.models import ActsFor

_MOST_COMPANIONS = 20


def _number(value: object) -> int:
    try:
        return read_id(str(value))
    except ValueError:
        return 0


class TogetherForm(Form):
    """Grown-ups who come along, and the invitation that leads here."""

    companions = SomeNumberField(_l("Grown-ups who come along"), 0, _MOST_COMPANIONS)
    invitation = HiddenField()

    def asked(self, slot: Slot, person_ids: Sequence[int] = ()) -> SignUp:
        """Return what is asked for."""
        companions = self.companions.data or 0 if slot.most_companions else 0
        return SignUp(slot.id, tuple(person_ids), companions, self.invitation.data or None)


class ChoosePersonForm(TogetherForm):
    """Somebody signed in says for whom: oneself or one of the children."""

    beside = "person_id"
    person_id: Any = RadioField(
        _l("Who is it for?"), [required(_l("Please choose somebody."))], coerce=_number, validate_choice=False
    )

    @property
    def people(self) -> list[int]:
        """Who was chosen."""
        return [self.person_id.data]

    def offer(self, known: Sequence[ActsFor], placed: Collection[int]) -> None:
        """Let one of the people be chosen, saying who is signed up already; the only one left is chosen."""
        self.person_id.choices = _choices(known, placed)
        left = [acting.person_id for acting in known if acting.person_id not in placed]
        if len(left) == 1 and not self.is_submitted():
            self.choose(left)

    def refuse_somebody(self, problem: Problem, known: Sequence[ActsFor]) -> None:
        """Show a rule's no beside the people, with the name of the one it is about where several were chosen."""
        names = {acting.person_id: acting.person.name for acting in known}
        name = names.get(problem.facts.get("person_id", 0))
        self.refuse(problem)
        if name and len(self.people) > 1:
            self.person_id.errors = [_("%(name)s: %(why)s", name=name, why=problem.message)]

    def choose(self, person_ids: Sequence[int]) -> None:
        """Choose somebody beforehand."""
        self.person_id.data = person_ids[0] if person_ids else None


class ChoosePeopleForm(ChoosePersonForm):
    """The same where several may come together."""

    person_id = SelectMultipleField(
        _l("Who is it for?"), coerce=_number, validate_choice=False, option_widget=widgets.CheckboxInput()
    )

    @property
    def people(self) -> list[int]:
        """Who was chosen."""
        return list(self.person_id.data or [])

    def choose(self, person_ids: Sequence[int]) -> None:
        """Tick some beforehand."""
        self.person_id.data = list(person_ids)

    def validate_person_id(self, field: SelectMultipleField) -> None:
        """Refuse a sign-up of nobody."""
        if not field.data:
            raise ValidationError(_("Please choose somebody."))


def _choices(known: Sequence[ActsFor], placed: Collection[int]) -> list[Any]:
    names = {acting.person_id: acting.person.name for acting in known}
    return [
        choice(str(number), _("%(name)s (signed up)", name=name) if number in placed else name)
        for number, name in names.items()
    ]
