"""Writing a unit's own words, and saying when messages go out."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field

from app.core.fields import LineField, TextField, WholeField
from app.core.forms import Form, at_most, required
from app.messages.models import MessageKind
from app.messages.placeholders import find, names_in, of_kind
from app.messages.plans import MOST_DAYS, MOST_HOURS, Plan
from app.messages.wording import Words

_LONGEST_SUBJECT, _LONGEST_BODY = 60, 1000


class WordsForm(Form):
    """The words of one kind of message in both languages; English may be left out."""

    subject_zh = LineField(_l("Subject"), [required(), at_most(_LONGEST_SUBJECT)])
    body_zh = TextField(_l("Text"), [required(), at_most(_LONGEST_BODY)], rows=10)
    subject_en = LineField(_l("Subject in English"), [at_most(_LONGEST_SUBJECT)])
    body_en = TextField(_l("Text in English"), [at_most(_LONGEST_BODY)], rows=10)

    def __init__(self, kind: MessageKind, **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what nobody will fill in."""
        known = super().validate(extra_validators)
        return not any(list(self._unknown())) and known

    @property
    def chinese(self) -> Words:
        """What was typed in Chinese."""
        return Words(self.subject_zh.data or "", _lines(self.body_zh.data))

    @property
    def english(self) -> Words:
        """What was typed in English."""
        return Words(self.subject_en.data or "", _lines(self.body_en.data))

    def _unknown(self) -> Iterator[Field]:
        there = set(of_kind(self.kind))
        for field in (self.subject_zh, self.body_zh, self.subject_en, self.body_en):
            strange = [f"{{{name}}}" for name in names_in(field.data or "") if find(name) not in there]
            if strange:
                names = _(", ").join(dict.fromkeys(strange))
                refusal = _("%(names)s cannot be filled in here; please take one of those below.", names=names)
                field.errors = [*field.errors, refusal]
                yield field


class PlanForm(Form):
    """When messages go out by themselves."""

    days_before = WholeField(_l("Days before"), 0, MOST_DAYS)
    hours_before = WholeField(_l("Hours before"), 0, MOST_HOURS)
    sends_thanks = BooleanField(_l("Thank those who came, once it is over"))
    asks_after_no_shows = BooleanField(_l("Ask those who did not come, a day later"))

    def plan(self) -> Plan:
        """Return what was chosen."""
        return Plan(
            self.days_before.data, self.hours_before.data, self.sends_thanks.data, self.asks_after_no_shows.data
        )


def _lines(text: str | None) -> str:
    return "\n".join((text or "").splitlines())
