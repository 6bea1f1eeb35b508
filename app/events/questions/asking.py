"""What an event asks of everybody who signs up: its questions, and until when they can be answered."""

from datetime import datetime

from app.core.changes import note_change
from app.core.db import db
from app.events.models import Event
from app.events.planning import locked
from app.events.questions.answers import answers_until
from app.questions import asking, operations
from app.questions.asking import Asker
from app.questions.models import Question
from app.questions.rules import QuestionWords


def add_question(event_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask something more; whoever answered before is asked for this too. Raises the `Problem` that says why not."""
    return asking.add_question(_asker(event_id), words, by=by, at=at)


def edit_question(event_id: int, question_id: int, words: QuestionWords, *, by: int, at: datetime) -> Question:
    """Ask it in other words."""
    return asking.edit_question(_asker(event_id), question_id, words, by=by, at=at)


def remove_question(event_id: int, question_id: int, *, by: int, at: datetime) -> bool:
    """Ask it no more; returns whether it is gone, or put away with its answers."""
    return asking.remove_question(_asker(event_id), question_id, by=by, at=at)


def ask_again(event_id: int, question_id: int, *, by: int, at: datetime) -> Question:
    """Ask what was put away once more."""
    return asking.ask_again(_asker(event_id), question_id, by=by, at=at)


def set_deadline(event_id: int, until: datetime | None, *, by: int, at: datetime) -> None:
    """Let answers be changed until a moment; None is the end of sign-up."""
    operations.set_deadline(_asker(event_id).set_id, until)
    holds = answers_until(db.session.get_one(Event, event_id))
    note_change("event", event_id, "answers_until", by=by, at=at, until=holds)


def copy_questions(event: Event, copy: Event, *, at: datetime) -> None:
    """Let the copy of an event ask the same."""
    if event.question_set_id:
        copy.question_set_id = operations.copy_set(event.question_set_id, ends_at=copy.ends_at, at=at).id


def _asker(event_id: int) -> Asker:
    """Return an event as what asks, with an empty set if there was none; the event is locked."""
    event = locked(event_id)
    if event.question_set_id is None:
        event.question_set_id = operations.new_set(event.host_id, ends_at=event.ends_at).id
    return Asker("event", event_id, event.question_set_id)
