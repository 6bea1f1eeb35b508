"""What a programme asks of everybody who applies; noted in its history."""

from datetime import datetime

from app.core.clock import end_of_day
from app.programmes.planning import RECORD, locked
from app.questions import asking, operations
from app.questions.asking import Asker
from app.questions.models import Question
from app.questions.rules import QuestionWords


def add_question(programme_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask something more. Raises the `Problem` that says why not."""
    return asking.add_question(_asker(programme_id), words, by=by, at=at)


def edit_question(programme_id: int, question_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask it in other words."""
    return asking.edit_question(_asker(programme_id), question_id, words, by=by, at=at)


def remove_question(programme_id: int, question_id: int, *, by: int, at: datetime) -> bool:
    """Ask it no more; returns whether it is gone, or put away with its answers."""
    return asking.remove_question(_asker(programme_id), question_id, by=by, at=at)


def ask_again(programme_id: int, question_id: int, *, by: int, at: datetime) -> Question:
    """Ask what was put away once more."""
    return asking.ask_again(_asker(programme_id), question_id, by=by, at=at)


def _asker(programme_id: int) -> Asker:
    """Return a programme as what asks, with an empty set if there was none; the programme is locked."""
    programme = locked(programme_id)
    if programme.question_set_id is None:
        ends_at = end_of_day(programme.ends_on)
        programme.question_set_id = operations.new_set(programme.host_id, ends_at=ends_at).id
    return Asker(RECORD, programme_id, programme.question_set_id)
