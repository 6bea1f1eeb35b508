"""Answers to an event's questions: who still has to give some, until when, and when they are deleted."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update

from app.core.changes import note_change
from app.core.db import db
from app.events.models import OPEN, PLACED, Event, Registration, RegistrationState, Slot
from app.events.problems import AnswersClosed, EventCancelled, NoPlaceToAnswerFor
from app.questions.answering import Given, write_answers
from app.questions.models import AnswerSheet, Question, QuestionSet
from app.questions.purging import drop_due_answers
from app.questions.queries import answers_of, sheet_of

_ASKED = (*PLACED, RegistrationState.APPLIED)  # whoever stands in line may answer, and is not urged to


def answers_until(event: Event) -> datetime:
    """Return until when answers can be changed: the organiser's moment, else the end of the last sign-up."""
    own = event.question_set.answers_until if event.question_set else None
    return own or max(slot.closes_at for slot in event.slots)


def answer(registration_id: int, given: Mapping[int, Given], *, by: int, at: datetime) -> AnswerSheet:
    """Answer for the person of a registration; a second time mends the first.

    One sheet a person and event: whoever comes to several slots, or to each date of a series, answers once.
    Raises `AnswersClosed`, `EventCancelled`, `NoPlaceToAnswerFor`, `QuestionsChanged`.
    """
    registration = db.session.get_one(Registration, registration_id)
    set_id = _set_of(registration)
    if at >= answers_until(registration.slot.event):
        raise AnswersClosed
    return write_answers(set_id, registration.person_id, given, by=by, at=at)


def answer_for(registration_id: int, given: Mapping[int, Given], *, by: int, at: datetime) -> AnswerSheet:
    """Answer for somebody who told the host, on the phone perhaps, until the event is over.

    What was not asked again stays as it was, so that nobody has to read what is sensitive. Raises as `answer` does.
    """
    registration = db.session.get_one(Registration, registration_id)
    set_id = _set_of(registration)
    if at >= registration.slot.event.ends_at:
        raise AnswersClosed
    known = answers_of(sheet_of(registration.person_id, set_id))
    kept = {number: Given(one.text) for number, one in known.items() if number not in given}
    note_change("registration", registration_id, "answered", by=by, at=at)
    return write_answers(set_id, registration.person_id, {**kept, **given}, by=by, at=at)


def _set_of(registration: Registration) -> int:
    event = registration.slot.event
    if event.question_set_id is None or not registration.is_open:
        raise NoPlaceToAnswerFor
    if event.is_cancelled:
        raise EventCancelled
    return event.question_set_id


def lacks_answers() -> ColumnElement[bool]:
    """Return the condition that somebody has not answered all that is asked; for statements over registrations that
    bring their event along. A question that was added after somebody answered is to be answered, too."""
    answered_at = (
        select(func.coalesce(AnswerSheet.edited_at, AnswerSheet.answered_at))
        .where(AnswerSheet.set_id == Event.question_set_id, AnswerSheet.person_id == Registration.person_id)
        .correlate(Event, Registration)
        .scalar_subquery()
    )
    is_new = or_(answered_at.is_(None), Question.asked_at > answered_at)
    asked = exists().where(Question.set_id == Event.question_set_id, Question.archived_at.is_(None), is_new)
    return asked.correlate(Event, Registration)


def unanswered(registration_ids: Collection[int], *, at: datetime) -> set[int]:
    """Return which of these registrations still have questions to answer that can be answered now; one statement."""
    if not registration_ids:
        return set()
    closes_at = select(func.max(Slot.closes_at)).where(Slot.event_id == Event.id).correlate(Event).scalar_subquery()
    found = (
        select(Registration.id)
        .join(Registration.slot)
        .join(Slot.event)
        .join(QuestionSet, QuestionSet.id == Event.question_set_id)
        .where(Registration.id.in_(registration_ids), Registration.state.in_(_ASKED), Event.cancelled_at.is_(None))
        .where(func.coalesce(QuestionSet.answers_until, closes_at) > at)
        .where(lacks_answers())
    )
    return set(db.session.scalars(found))


def people_of(event_id: int) -> Select[int]:
    """Return the ids of everybody who has a place in an event, or may still get one."""
    theirs = select(Registration.person_id).join(Registration.slot)
    return theirs.where(Slot.event_id == event_id, Registration.state.in_(OPEN))


def drop_old_answers(*, at: datetime) -> int:
    """Delete some of the answers whose time is over, counted from where their event ends now; returns how many."""
    ends_at = select(Event.ends_at).where(Event.question_set_id == QuestionSet.id).scalar_subquery()
    moved = exists().where(Event.question_set_id == QuestionSet.id, Event.ends_at != QuestionSet.ends_at)
    stale = update(QuestionSet).where(moved).values(ends_at=ends_at)
    db.session.execute(stale.execution_options(synchronize_session=False))
    its = select(QuestionSet.id).where(exists().where(Event.question_set_id == QuestionSet.id))
    return drop_due_answers(its, at=at)
