"""What a programme asks of everybody who applies; noted in its history."""

from datetime import datetime

from app.core.changes import note_change
from app.core.clock import end_of_day
from app.core.db import db
from app.programmes.planning import RECORD, locked
from app.questions import operations
from app.questions.models import Question
from app.questions.rules import QuestionWords


def add_question(programme_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask something more. Raises the `Problem` that says why not."""
    question = operations.add_question(_set_of(programme_id), words, at=at)
    note_change(RECORD, programme_id, "question_added", by=by, at=at, text=words.text)
    return question


def edit_question(programme_id: int, question_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask it in other words."""
    _set_of(programme_id)
    before = operations.words_of(db.session.get_one(Question, question_id))
    question = operations.edit_question(question_id, words)
    if before != words:
        note_change(RECORD, programme_id, "question_changed", by=by, at=at, text=words.text)
    return question


def remove_question(programme_id: int, question_id: int, *, by: int, at: datetime) -> bool:
    """Ask it no more; returns whether it is gone, or put away with its answers."""
    _set_of(programme_id)
    text = db.session.get_one(Question, question_id).text
    is_gone = operations.remove_question(question_id, at=at)
    note_change(RECORD, programme_id, "question_removed", by=by, at=at, text=text)
    return is_gone


def _set_of(programme_id: int) -> int:
    """Return the id of a programme's set, an empty one if there was none; the programme is locked."""
    programme = locked(programme_id)
    if programme.question_set_id is None:
        ends_at = end_of_day(programme.ends_on)
        programme.question_set_id = operations.new_set(programme.host_id, ends_at=ends_at).id
    return programme.question_set_id
