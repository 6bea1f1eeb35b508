"""Asking something more, in other words, or no more; noted in the history of whatever the questions are about."""

from dataclasses import dataclass
from datetime import datetime

from app.core.changes import note_change
from app.core.db import db
from app.questions import operations
from app.questions.models import Question
from app.questions.rules import QuestionWords


@dataclass(frozen=True)
class Asker:
    """What asks, such as an event: as which record its history is kept, and its set of questions."""

    record: str
    record_id: int
    set_id: int


def add_question(asker: Asker, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask something more. Raises the `Problem` that says why not."""
    question = operations.add_question(asker.set_id, words, at=at)
    note_change(asker.record, asker.record_id, "question_added", by=by, at=at, text=words.text)
    return question


def edit_question(asker: Asker, question_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask it in other words."""
    before = operations.words_of(db.session.get_one(Question, question_id))
    question = operations.edit_question(question_id, words)
    if before != words:
        note_change(asker.record, asker.record_id, "question_changed", by=by, at=at, text=words.text)
    return question


def remove_question(asker: Asker, question_id: int, *, by: int, at: datetime) -> bool:
    """Ask it no more; returns whether it is gone, or put away with its answers."""
    text = db.session.get_one(Question, question_id).text
    is_gone = operations.remove_question(question_id, at=at)
    note_change(asker.record, asker.record_id, "question_removed", by=by, at=at, text=text)
    return is_gone


def ask_again(asker: Asker, question_id: int, *, by: int, at: datetime) -> Question:
    """Ask what was put away once more."""
    question = operations.ask_again(question_id, at=at)
    note_change(asker.record, asker.record_id, "question_added", by=by, at=at, text=question.text)
    return question
