"""The organiser types a question, or a deadline."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, RadioField, SelectField, ValidationError, validators

from app.core.fields import LineField, MomentField, TextField, choice
from app.core.finding import read_id
from app.core.forms import Form, at_most, required
from app.core.typed import squeezed
from app.questions.models import OFFER_CHOICES, Question, QuestionKind
from app.questions.presets import PRESETS
from app.questions.rules import QuestionWords
from app.questions.words import KIND_WORDS, condition_choices

KEEP_DAYS = (7, 30, 90, 180, 365)
_MOST_CHOICES, _LONGEST_CHOICE = 30, 60


def _kinds() -> list[Any]:
    return [choice(kind.value, words) for kind, words in KIND_WORDS.items()]


def _days() -> list[Any]:
    return [choice(str(one), ngettext("%(num)d day", "%(num)d days", one)) for one in KEEP_DAYS]


class QuestionForm(Form):
    """One question."""

    kind = RadioField(_l("What is the answer?"), choices=_kinds, default=QuestionKind.TEXT.value)
    text = LineField(_l("The question"), [required(), at_most(200)])
    hint = LineField(_l("A word of help below it"), [validators.Optional(), at_most(200)])
    choices = TextField(_l("Choices, one a line"), rows=5)
    is_required = BooleanField(_l("Everybody has to answer"))
    condition = SelectField(_l("Asked of whom"), choices=[], validate_choice=False)
    is_sensitive = BooleanField(_l("This is sensitive: health, worries, anything one tells not everybody"))
    reason = LineField(_l("Why you need to know it"), [at_most(200)])
    keep_days = SelectField(_l("Answers are deleted so long after the end"), coerce=int, choices=_days, default=30)

    def offer_conditions(self, before: list[Question]) -> None:
        """Let it be asked of everybody, or after an answer to a question that comes before."""
        self.condition.choices = [
            choice("", _("Everybody")),
            *(choice(sent, _("only after “%(answer)s”", answer=read)) for sent, read in condition_choices(before)),
        ]

    def validate_choices(self, field: TextField) -> None:
        """Refuse a choice between fewer than two things, the same twice, or a whole paragraph."""
        offered = [squeezed(line) for line in field.data.splitlines() if squeezed(line)]
        field.data = "\n".join(offered)
        if self.kind.data not in OFFER_CHOICES:
            return
        if not 2 <= len(offered) <= _MOST_CHOICES:
            raise ValidationError(_("Please give 2 to %(most)d choices, one a line.", most=_MOST_CHOICES))
        if len(set(offered)) < len(offered):
            raise ValidationError(_("The same choice is there twice."))
        if max(map(len, offered)) > _LONGEST_CHOICE:
            raise ValidationError(_("A choice has at most %(most)d characters.", most=_LONGEST_CHOICE))

    def validate_is_required(self, field: BooleanField) -> None:
        """Nobody has to tell what is sensitive."""
        if field.data and self.is_sensitive.data:
            raise ValidationError(_("A sensitive question can always be left out. Please untick one of the two."))

    def validate_reason(self, field: LineField) -> None:
        """Whoever asks says why."""
        if self.is_sensitive.data and not field.data:
            raise ValidationError(_("Please say why: it is shown with the question."))

    def words(self) -> QuestionWords:
        """Return what was typed; what does not belong to the kind is left out."""
        kind = QuestionKind(self.kind.data)
        needs_id, needs_answer = self._condition()
        return QuestionWords(
            kind=kind,
            text=self.text.data,
            hint=self.hint.data,
            choices=self.choices.data if kind in OFFER_CHOICES else "",
            is_required=self.is_required.data,
            needs_id=needs_id,
            needs_answer=needs_answer,
            is_sensitive=self.is_sensitive.data,
            reason=self.reason.data if self.is_sensitive.data else "",
            keep_days=self.keep_days.data,
        )

    def _condition(self) -> tuple[int | None, str]:
        number, _colon, answer = (self.condition.data or "").partition(":")
        try:
            return (read_id(number), answer) if answer else (None, "")
        except ValueError:
            return None, ""


class DeadlineForm(Form):
    """Until when answers can be given and mended."""

    answers_until = MomentField(_l("Answers can be changed until"), [validators.Optional()])


def beginning(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what a new question begins with: a ready one, or a kind, as an address names it."""
    preset, kind = PRESETS.get(asked.get("preset", "")), asked.get("kind")
    if preset:
        return preset.typed()
    return {"kind": kind} if kind in set(QuestionKind) else {}


def question_values(question: Question) -> dict[str, Any]:
    """Return a question as the form's starting values."""
    same = ("text", "hint", "choices", "is_required", "is_sensitive", "reason", "keep_days")
    condition = f"{question.needs_id}:{question.needs_answer}" if question.needs_id else ""
    own = {"kind": question.kind.value, "condition": condition}
    return own | {name: getattr(question, name) for name in same}
