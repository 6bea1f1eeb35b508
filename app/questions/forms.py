"""The component that asks: a form made of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import BooleanField, Field, validators

from app.core.fields import DayField, TextField
from app.core.forms import Form, at_most
from app.questions.answering import Given
from app.questions.conditions import asked_of, missing_from
from app.questions.fields import AnswerFileField, NumberField, OneOfField, SomeOfField
from app.questions.models import AGREED, Question, QuestionKind

LONGEST_TEXT = 1000  # characters
_LINES: Mapping[QuestionKind, Any] = {
    QuestionKind.NUMBER: NumberField,
    QuestionKind.DATE: DayField,
    QuestionKind.FILE: AnswerFileField,
}


@dataclass(frozen=True)
class Asked:
    """A question in a form: its field, what is said below it, and when it is asked."""

    question: Question
    field: Field
    hint: str | None
    condition: dict[str, str]  # attributes for behaviours/ask_if.js


class AnswersForm(Form):
    """Made by `answers_form`; knows what is asked of whoever answers so."""

    questions: Sequence[Question] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what is missing, and pass over what is not asked."""
        super().validate(extra_validators)
        values = self.values()
        asked, missing = asked_of(self.questions, values), missing_from(self.questions, values)
        for question in self.questions:
            field = self[name_of(question.id)]
            if question.id not in asked:
                field.errors = []
            elif question.id in missing and not field.errors:
                field.errors = [_missing_words(question)]
        return not self.errors

    def values(self) -> dict[int, str]:
        """Return what was typed, as it is written down, by question."""
        return {question.id: _written(question, self[name_of(question.id)]) for question in self.questions}

    def given(self) -> dict[int, Given]:
        """Return the same with the files."""
        return {
            number: Given(value, getattr(self[name_of(number)], "sent", None))
            for number, value in self.values().items()
        }

    @property
    def asked(self) -> list[Asked]:
        """What the component draws, in order."""
        return [Asked(one, self[name_of(one.id)], _hint(one), _condition(one)) for one in self.questions]

    @property
    def keep_days(self) -> int:
        """After how many days the last answer is deleted."""
        return max((question.keep_days for question in self.questions), default=0)


def answers_form(questions: Sequence[Question], answered: Mapping[int, str]) -> AnswersForm:
    """Return the form that asks some questions, filled in with what was answered before."""
    fields: dict[str, Any] = {name_of(question.id): _field(question) for question in questions}
    made = type("AnswersForm", (AnswersForm,), {"questions": questions} | fields)
    form: AnswersForm = made(data={name_of(one.id): _typed(one, answered.get(one.id, "")) for one in questions})
    return form


def name_of(question_id: int) -> str:
    """Return what a question's field is called."""
    return f"question-{question_id}"


def _field(question: Question) -> Any:
    """Return the field of a question. A required one under a condition says so only while the condition holds."""
    checks = [] if question.is_required else [validators.Optional()]
    kind, text = question.kind, question.text
    made: Any
    if kind is QuestionKind.TEXT:
        made = TextField(text, [*checks, at_most(LONGEST_TEXT)], rows=2)
    elif kind is QuestionKind.CHOICE:
        made = OneOfField(text, question.offered, is_optional=not question.is_required, validators=checks)
    elif kind is QuestionKind.SEVERAL:
        made = SomeOfField(text, question.offered, validators=checks)
    elif kind is QuestionKind.AGREEMENT:
        made = BooleanField(text, checks, render_kw={"value": AGREED})
    else:
        made = _LINES[kind](text, checks)
    return made


def _written(question: Question, field: Any) -> str:
    if question.kind is QuestionKind.FILE:
        return str(field.name_then)
    if question.kind is QuestionKind.AGREEMENT:
        return AGREED if field.data else ""
    if question.kind is QuestionKind.SEVERAL:
        return "\n".join(field.data or [])
    if question.kind is QuestionKind.DATE:
        return field.data.isoformat() if field.data else ""
    return field.data or ""


def _typed(question: Question, value: str) -> Any:
    if question.kind is QuestionKind.SEVERAL:
        return value.split("\n") if value else []
    if question.kind is QuestionKind.DATE:
        return date.fromisoformat(value) if value else None
    return value == AGREED if question.kind is QuestionKind.AGREEMENT else value


def _missing_words(question: Question) -> str:
    if question.kind is QuestionKind.AGREEMENT:
        return str(_("Please tick this, or ask the host."))
    if question.kind is QuestionKind.FILE:
        return str(_("Please choose a file."))
    chooses = question.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
    return str(_("Please choose an answer.") if chooses else _("Please fill this in."))


def _hint(question: Question) -> str | None:
    parts = [question.hint]
    if question.kind is QuestionKind.FILE:
        parts.append(str(_("A photo (JPEG, PNG) or a PDF, at most 10 MB.")))
    if question.is_sensitive:
        days = ngettext("%(num)d day after the end", "%(num)d days after the end", question.keep_days)
        words = _("Why: %(reason)s. Only the host's managers can read it; deleted %(days)s.")
        parts.append(str(words) % {"reason": question.reason.rstrip("。.!！"), "days": days})
    return " ".join(filter(None, parts)) or None


def _condition(question: Question) -> dict[str, str]:
    if question.needs_id is None:
        return {}
    return {"data-asked-if": name_of(question.needs_id), "data-asked-answer": question.needs_answer}
