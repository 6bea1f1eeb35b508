"""What the organiser types to make a link, and what a partner types by it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from app.core.fields import LineField, choice
from app.core.forms import Form, at_most, required
from app.core.lists import DownloadForm
from app.core.typed import half_width, squeezed
from app.partners.columns import FIELDS, rows_pasted
from app.people.consents.models import GuardianRelation, Purpose
from app.people.consents.words import PURPOSES, RELATIONS
from app.programmes.forms import PlanDayField
from app.programmes.part_forms import DocumentForm
from app.schooldesk.rosters.cells import MOST_CELL, MOST_ROWS
from app.schooldesk.rosters.forms import RosterForm

Sent = Mapping[str, Sequence[str]]
_YES, _NO = "yes", "no"


class LinkForm(Form):
    """For whom, and until when."""

    label = LineField(_l("Who gets the link"), [required(), at_most(80)])
    ends_on = PlanDayField(_l("Until"), [required()])


class GuestListForm(RosterForm):
    """A partner's list: a file, or what was copied out of one."""

    def validate_lines(self, field: Any) -> None:
        """Read what was pasted, unless a file was handed in."""
        if not self.rows and field.data:
            self._take(rows_pasted(field.data))
        super().validate_lines(field)


class SheetForm(DocumentForm):
    """The stamped summary."""


class WithdrawalForm(Form):
    """Why somebody does not come."""

    words = LineField(_l("Why?"), [required(), at_most(200)])


class ParentForm(Form):
    """What a parent has signed on paper, written down by whoever keeps the paper."""

    name = LineField(_l("Who signed"), [required(), at_most(60)])
    relation = SelectField(
        _l("Is the child's"),
        choices=lambda: [
            choice(one.value, words) for one, words in RELATIONS.items() if one is not GuardianRelation.CARER
        ],
    )
    takes_part = RadioField(
        _l("What does the paper say?"),
        [required(_l("Please choose what the paper says."))],
        choices=[choice(_YES, _l("Agrees")), choice(_NO, _l("Does not take part"))],
    )

    def spoken(self) -> dict[Purpose, bool]:
        """Return what was answered, purpose by purpose."""
        boxes = {Purpose(name): bool(self[name].data) for name in self.extras}
        return {Purpose.TAKING_PART: self.takes_part.data == _YES, **boxes}

    extras: Sequence[str] = ()


class PairsForm(DownloadForm):
    """The pairs as a file; the two things that a partner needs them for."""

    purpose = RadioField(
        _l("What for"),
        choices=[
            choice("pair_letters", _l("Letters of the pairs")),
            choice("pair_meeting", _l("A meeting or visit of the pairs")),
        ],
        default="pair_letters",
    )
    with_phones: Any = None  # there are none in it


def parent_form(purposes: Sequence[Purpose]) -> type[ParentForm]:
    """Return the form with a box for each purpose besides taking part."""
    extras = [one.value for one in purposes if one is not Purpose.TAKING_PART]
    boxes: dict[str, Any] = {name: BooleanField(PURPOSES[Purpose(name)]) for name in extras}
    return type("PaperOfParentForm", (ParentForm,), {**boxes, "extras": extras})


def sent_lines(sent: Sent) -> tuple[list[Mapping[str, str]], list[str]]:
    """Return the lines of a preview as they come back, and which of them are left out."""
    columns = {name: sent.get(name, [])[:MOST_ROWS] for name in FIELDS}
    size = min(map(len, columns.values()))
    lines = [
        {name: squeezed(half_width(texts[number]))[:MOST_CELL] for name, texts in columns.items()}
        for number in range(size)
    ]
    return list(lines), list(sent.get("choice", []))[:size]
