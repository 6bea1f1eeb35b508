"""Drafts: an event again on another day, and those that nobody needs any more."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from app.core import pictures
from app.core.changes import drop_changes, note_change
from app.core.clock import local_day
from app.core.db import db
from app.events.dates.slot_batches import copy_batches
from app.events.models import Event
from app.events.planning import locked, set_up
from app.events.plans import SlotPlan, plan_of, words_of
from app.events.problems import BeginsInThePast, EventInUse
from app.events.questions.asking import copy_questions
from app.questions.operations import delete_set


def copy_event(event_id: int, first_day: date, *, by: int, at: datetime) -> Event:
    """Set up a draft with the same words and slots, the first on another day, at the same time of day.

    Sign-up windows move along; nobody's registration comes with it. A second call makes a second copy.
    Raises `BeginsInThePast`.
    """
    event = db.session.get_one(Event, event_id)
    later = first_day - local_day(event.starts_at)
    if event.starts_at + later <= at:
        raise BeginsInThePast
    plans = [plan_of(slot) for slot in event.slots]
    times = ("starts_at", "ends_at", "opens_at", "closes_at")
    draws = [plan.draws_at and plan.draws_at + later for plan in plans]
    moved = [
        SlotPlan(**asdict(plan) | {name: getattr(plan, name) + later for name in times} | {"draws_at": draws_at})
        for plan, draws_at in zip(plans, draws, strict=True)
    ]
    copy = set_up(event.host_id, words_of(event), moved, by=by, at=at)
    copy_batches(event, copy, by=by, at=at)
    copy.picture = event.picture
    copy_questions(event, copy, at=at)
    note_change("event", copy.id, "copied", by=by, at=at, title=event.title)
    return copy


def delete_event(event_id: int) -> None:
    """Delete a draft that nobody has signed up for; raises `EventInUse` for any other."""
    event = locked(event_id)
    if event.is_published:
        raise EventInUse
    picture, slots, asked = event.picture, [slot.id for slot in event.slots], event.question_set_id
    try:
        with db.session.begin_nested():
            db.session.delete(event)
    except IntegrityError:  # somebody has a place in it, or a phone was opened for its door
        raise EventInUse from None
    drop_changes("event", [event_id])
    drop_changes("slot", slots)
    pictures.let_go(picture)
    if asked:
        delete_set(asked)
