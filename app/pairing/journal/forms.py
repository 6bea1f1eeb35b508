"""Noting something in the journal."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from app.core.fields import DayField, LineField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.pairing.journal.groups import key_of, told
from app.pairing.journal.models import EntryKind, Way
from app.pairing.journal.operations import Group, What
from app.pairing.journal.words import KINDS, WHAT
from app.pairing.models import PairingRound

_MOST = 10_000  # letters of a side in one parcel


class EntryForm(Form):
    """What happened, how many, when, and a line about it."""

    what = RadioField(_l("What?"), [required()], choices=[choice(name, label) for name, label in WHAT.items()])
    count = WholeField(_l("How many?"), 1, _MOST)
    happened_on = DayField(_l("On which day?"), [required()])
    words = LineField(_l("A line about it"), [at_most(200)])
    is_another = BooleanField(_l("It happened a second time on this day"))

    def said(self) -> What:
        """Return what was typed."""
        is_letter = self.what.data in set(Way)
        kind = EntryKind.LETTER if is_letter else EntryKind(self.what.data)
        way = Way(self.what.data) if is_letter else None
        return What(kind, way, self.count.data, self.happened_on.data, self.words.data)


class GroupEntryForm(EntryForm):
    """The same for a class, a school or a side."""

    group = SelectField(_l("For whom?"), [required()])

    def offer(self, one: PairingRound, groups: Sequence[Group]) -> None:
        """Let these be chosen."""
        self.groups = {key_of(group): group for group in groups}
        self.group.choices = [choice(key, told(group, one)) for key, group in self.groups.items()]

    @property
    def chosen(self) -> Group:
        """For whom it is."""
        return self.groups[self.group.data]


class PairEntryForm(EntryForm):
    """The same for one pair: a letter was sent, or received, by one of its sides."""

    side = RadioField(_l("Whose entry is it?"), coerce=int, default=0)

    def offer(self, one: PairingRound) -> None:
        """Let the round's sides be chosen."""
        self.side.choices = [choice(str(place), name) for place, name in enumerate(one.side_names)]


class OwnEntryForm(Form):
    """A call or a meeting, noted by a family."""

    what = RadioField(
        _l("What was it?"),
        [required()],
        choices=[choice(one.value, KINDS[one]) for one in (EntryKind.CALL, EntryKind.MEETING)],
    )
    happened_on = DayField(_l("On which day?"), [required()])

    def said(self) -> What:
        """Return what was typed."""
        return What(EntryKind(self.what.data), None, 1, self.happened_on.data)
