"""How one comes into a slot: the part of its form that says so."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, RadioField, SelectField, ValidationError, validators

from app.core.fields import MomentField, choice
from app.core.forms import Form
from app.events.models import Slot, WayIn
from app.events.words import WAY_WORDS

_SETTINGS = ("has_waiting_list", "smaller_may_pass", "counts_groups")
_NUMBERS = ("largest_party", "most_companions", "offer_hours", "leave_hours")
_PARTIES, _COMPANIONS = (1, 2, 3, 4, 6, 8, 10, 20, 50), (0, 1, 2, 3, 4)
_OFFERS, _LEAVES = (2, 6, 12, 24, 48, 72), (0, 2, 6, 12, 24, 48, 72, 168)


class _FewField(SelectField):
    """One of a few numbers, with words; a number from elsewhere is offered too."""

    data: Any

    def __init__(self, label: Any, numbers: tuple[int, ...], words: Any, **options: Any) -> None:
        super().__init__(label, coerce=int, choices=[], **options)
        self.numbers, self.words = numbers, words

    def process(self, *values: Any, **more: Any) -> None:
        """Offer the numbers, in the language of the request."""
        super().process(*values, **more)
        stored = self.object_data if isinstance(self.object_data, int) else self.numbers[0]
        offered = sorted({*self.numbers, stored})
        self.choices = [choice(str(number), self.words(number)) for number in offered]


def hours_words(hours: int) -> str:
    """Return a number of hours as people say it: 2 days."""
    if hours and hours % 24 == 0:
        return str(ngettext("%(num)d day", "%(num)d days", hours // 24))
    return str(ngettext("%(num)d hour", "%(num)d hours", hours))


def _party_words(people: int) -> str:
    if people == 1:
        return str(_("No, everybody signs up alone"))
    return str(_("Up to %(people)d people together", people=people))


def _companion_words(people: int) -> str:
    return str(ngettext("Up to %(num)d person", "Up to %(num)d people", people) if people else _("Nobody"))


def _leave_words(hours: int) -> str:
    return str(_("until %(time)s before", time=hours_words(hours)) if hours else _("until it begins"))


class WayInFields(Form):
    """Who gets a place, and what holds for parties, for the waiting list and for leaving."""

    way_in = RadioField(
        _l("How do people get a place?"),
        choices=lambda: [choice(way.value, WAY_WORDS[way]) for way in WayIn],
        default=WayIn.OPEN.value,
    )
    draws_at = MomentField(_l("When lots are drawn"), [validators.Optional()])
    has_waiting_list = BooleanField(_l("Keep a waiting list"), default=True)
    smaller_may_pass = BooleanField(_l("Smaller groups may pass larger ones that do not fit"))
    largest_party = _FewField(_l("May people sign up together?"), _PARTIES, _party_words, default=6)
    most_companions = _FewField(_l("Grown-ups who come along"), _COMPANIONS, _companion_words, default=0)
    counts_groups = BooleanField(_l("Count groups, not people"))
    offer_hours = _FewField(_l("Time to answer when a place becomes free"), _OFFERS, hours_words, default=24)
    leave_hours = _FewField(_l("Leaving without a reason"), _LEAVES, _leave_words, default=24)

    def validate_draws_at(self, field: MomentField) -> None:
        """Ask for a draw between closing and beginning; left empty, lots are drawn as soon as sign-up closes."""
        closes_at, starts_at = self["closes_at"].data, self["starts_at"].data
        if self.way_in.data != WayIn.LOTTERY or field.data is None:
            return
        if closes_at and field.data < closes_at:
            raise ValidationError(_("Lots are drawn after sign-up has closed."))
        if starts_at and field.data > starts_at:
            raise ValidationError(_("Lots are drawn before it begins."))

    def way(self) -> dict[str, Any]:
        """Return what was chosen, as `SlotPlan` names it."""
        is_lottery = self.way_in.data == WayIn.LOTTERY
        chosen = {name: self[name].data for name in (*_SETTINGS, *_NUMBERS)}
        moment = (self.draws_at.data or self["closes_at"].data) if is_lottery else None
        return chosen | {"way_in": WayIn(self.way_in.data), "draws_at": moment}


def way_values(slot: Slot) -> dict[str, Any]:
    """Return how one comes into a slot as the form's starting values."""
    same = {name: getattr(slot, name) for name in (*_SETTINGS, *_NUMBERS, "draws_at")}
    return same | {"way_in": slot.way_in.value}
