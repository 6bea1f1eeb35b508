"""What kinds of questions are called, and how answers are written on pages and in lists."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.filters import full_day
from app.core.languages import speaks_chinese
from app.questions.models import AGREED, Question, QuestionKind

KIND_WORDS: Mapping[QuestionKind, LazyString] = {
    QuestionKind.TEXT: _l("Text"),
    QuestionKind.CHOICE: _l("One choice"),
    QuestionKind.SEVERAL: _l("Several choices"),
    QuestionKind.NUMBER: _l("Number"),
    QuestionKind.DATE: _l("Day"),
    QuestionKind.FILE: _l("File or photo"),
    QuestionKind.AGREEMENT: _l("Agreement"),
}


def answer_words(question: Question, value: str) -> str:
    """Return an answer as people read it, "" for none."""
    if not value:
        return ""
    if question.kind is QuestionKind.AGREEMENT:
        return str(_("Agreed"))
    if question.kind is QuestionKind.DATE:
        return full_day(date.fromisoformat(value))
    if question.kind is QuestionKind.SEVERAL:
        return ("、" if speaks_chinese() else ", ").join(value.split("\n"))
    return value


def condition_words(question: Question, questions: Mapping[int, Question]) -> str:
    """Return when a question is asked, "" for always."""
    if question.needs_id is None:
        return ""
    needed = questions[question.needs_id]
    return str(_("only after “%(text)s”: %(answer)s", text=needed.text, answer=_choice_words(question.needs_answer)))


def _choice_words(answer: str) -> str:
    return str(_("Agreed")) if answer == AGREED else answer


def condition_choices(questions: list[Question]) -> list[tuple[str, str]]:
    """Return the answers that another question can lean on: what a form sends, and what people read."""
    return [
        (f"{question.id}:{answer}", f"{question.text}: {_choice_words(answer)}")
        for question in questions
        for answer in question.offered or ([AGREED] if question.kind is QuestionKind.AGREEMENT else [])
    ]
