"""Setting up an event: its words, its slots, publishing it."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from app.core import pictures
from app.core.changes import drop_changes, note_change, note_edit
from app.core.db import db
from app.core.pictures import PictureChange
from app.events.dates import series
from app.events.models import OPEN, Event, Registration, Slot, SlotForm
from app.events.plans import EventWords, SlotPlan, plan_of, words_of
from app.events.problems import (
    BeginsInThePast,
    CapacityBelowTaken,
    ChildrenInSlot,
    EventCancelled,
    LastSlot,
    SlotInUse,
)
from app.events.registration import offers, places
from app.events.registration.reasking import ask_again, terms_of
from app.events.registration.scopes import keep_term
from app.events.registration.telling import plans_of, tell_change, tell_rain
from app.events.shifts.shift_problems import RiskyButNotInsured
from app.events.used import used_slots
from app.events.ways.way_in_rules import check_way_in

_SAME_PICTURE = PictureChange()


def create_event(
    host_id: int,
    words: EventWords,
    plan: SlotPlan,
    picture: PictureChange = _SAME_PICTURE,
    *,
    by: int,
    at: datetime,
) -> Event:
    """Set up a draft with its first slot."""
    event = set_up(host_id, words, [plan], by=by, at=at)
    event.picture = pictures.changed(None, picture, at)
    note_change("event", event.id, "created", by=by, at=at)
    return event


def set_up(host_id: int, words: EventWords, plans: list[SlotPlan], *, by: int, at: datetime) -> Event:
    """Make a draft with its slots."""
    event = Event(host_id=host_id, created_at=at, created_by_id=by, **asdict(words))
    event.slots = [Slot(taken=0, **asdict(plan)) for plan in plans]
    keep_span(event)
    for slot in event.slots:
        keep_term(slot, event)
    db.session.add(event)
    db.session.flush()
    return event


def edit_event(
    event_id: int, words: EventWords, picture: PictureChange = _SAME_PICTURE, *, by: int, at: datetime
) -> Event:
    """Change the words of an event, and its picture; a rain plan that is taken away holds no longer."""
    event = locked(event_id)
    before, after, was = asdict(words_of(event)), asdict(words), plans_of(event)
    agreed = terms_of(event)
    if not words.rain_plan and event.rain_since:
        event.rain_since = None
        tell_rain(event, "", event.rain_plan, at=at)
    for name, value in after.items():
        setattr(event, name, value)
    tell_change(event, was, at=at)
    ask_again(event, agreed, at=at)
    note_edit("event", event_id, before, after, by=by, at=at)
    _show_picture(event, picture, by=by, at=at)
    return event


def add_slot(event_id: int, plan: SlotPlan, *, by: int, at: datetime) -> Slot:
    """Add a session or shift."""
    event = locked(event_id)
    slot = Slot(taken=0, **asdict(plan))
    event.slots.append(slot)
    keep_term(slot, event)
    keep_span(event)
    db.session.flush()
    note_change("event", event_id, "slot_added", by=by, at=at, title=plan.title)
    return slot


def edit_slot(slot_id: int, plan: SlotPlan, *, by: int, at: datetime) -> Slot:
    """Change a slot.

    Raises `CapacityBelowTaken` for fewer places than people already have, `ChildrenInSlot` when children under 14 would
    become volunteers, `BeginsInThePast` when what people are to come to would be over, and nobody told, and what
    `check_way_in` raises.
    """
    event, slot = locked_slot(slot_id)
    if slot.taken and plan.starts_at <= at < slot.starts_at:
        raise BeginsInThePast
    if plan.capacity < slot.taken + slot.reserved:
        raise CapacityBelowTaken(taken=slot.taken + slot.reserved)
    if plan.form is SlotForm.SHIFT and plan.form is not slot.form and _has_children(slot_id):
        raise ChildrenInSlot
    check_way_in(slot, plan)
    before, after, was = asdict(plan_of(slot)), asdict(plan), plans_of(event)
    agreed = terms_of(event)
    for name, value in after.items():
        setattr(slot, name, value)
    keep_span(event)
    tell_change(event, was, at=at)
    ask_again(event, agreed, at=at)
    note_edit("slot", slot_id, before, after, by=by, at=at)
    series.share_capacity(slot)
    db.session.flush()
    offers.end_before_start(slot)
    places.serve(slot, at=at)
    return slot


def delete_slot(slot_id: int, *, by: int, at: datetime) -> int:
    """Delete a slot that nobody ever signed up for and return the event's id."""
    event, slot = locked_slot(slot_id)
    if used_slots([slot_id]):
        raise SlotInUse
    if len(event.slots) == 1:
        raise LastSlot
    series.let_go(slot)
    event.slots.remove(slot)
    keep_span(event)
    drop_changes("slot", [slot_id])
    note_change("event", event.id, "slot_deleted", by=by, at=at, title=slot.title)
    return event.id


def publish(event_id: int, *, by: int, at: datetime) -> Event:
    """Let everyone see an event; a second time changes nothing. Raises `RiskyButNotInsured`."""
    event = locked(event_id)
    if event.is_cancelled:
        raise EventCancelled
    if not event.is_published:
        uninsured = next((slot for slot in event.slots if slot.lacks_insurance), None)
        if uninsured:
            raise RiskyButNotInsured(title=uninsured.title)
        event.published_at = at
        note_change("event", event_id, "published", by=by, at=at)
    return event


def locked(event_id: int) -> Event:
    """Return an event that nobody else changes until this transaction ends."""
    return db.session.get_one(Event, event_id, with_for_update={"key_share": True}, populate_existing=True)


def locked_slot(slot_id: int) -> tuple[Event, Slot]:
    """Return a slot and its event, both locked, the event first."""
    event = locked(db.session.get_one(Slot, slot_id).event_id)
    return event, db.session.get_one(Slot, slot_id, with_for_update=True, populate_existing=True)


def keep_span(event: Event) -> None:
    """Let an event begin with its first slot and end with its last."""
    event.starts_at = min(slot.starts_at for slot in event.slots)
    event.ends_at = max(slot.ends_at for slot in event.slots)


def _show_picture(event: Event, picture: PictureChange, *, by: int, at: datetime) -> None:
    before, event.picture = event.picture, pictures.changed(event.picture, picture, at)
    if event.picture != before:
        db.session.flush()
        pictures.let_go(before)
        note_change("event", event.id, "picture_changed", by=by, at=at)


def _has_children(slot_id: int) -> bool:
    child = select(Registration.id).where(
        Registration.slot_id == slot_id,
        Registration.state.in_(OPEN),
        Registration.fourteen_on > Registration.registered_on,
    )
    return db.session.scalar(child.limit(1)) is not None
