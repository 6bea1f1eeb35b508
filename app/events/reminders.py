"""Reminding people of what they signed up for: some days before, and some hours before, as the host has it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot
from app.events.registration.telling import slot_facts
from app.messages.models import Message, MessageKind
from app.messages.plans import MOST_DAYS, Plan, all_plans
from app.messages.sending import News, Reader, tell_all

BATCH = 500  # people in one transaction
_MADE_UP_FOR = timedelta(days=1)  # a reminder that was slept through is sent for so long


def slots_to_remind_of(kind: MessageKind, at: datetime) -> list[int]:
    """Return the slots for which the moment of a reminder (`REMINDER`, `SOON`) has come and not long passed."""
    plans = all_plans()
    coming = (
        select(Slot)
        .join(Slot.event)
        .where(Event.ends_at > at, Slot.starts_at > at, Slot.starts_at <= at + timedelta(days=MOST_DAYS))
        .where(Event.published_at.is_not(None), Event.cancelled_at.is_(None))
        .options(joinedload(Slot.event, innerjoin=True))
        .order_by(Slot.starts_at, Slot.id)
    )
    found = []
    for slot in db.session.scalars(coming):
        due = moment_of(kind, slot, plans.get(slot.event.host_id, Plan()))
        if due and due <= at < due + _MADE_UP_FOR:
            found.append(slot.id)
    return found


def remind(slot_id: int, kind: MessageKind, *, at: datetime) -> int:
    """Remind a batch of people who have a confirmed place and were not reminded yet; returns how many, 0 at the end.

    Whoever signed up, or was told of another time, after the moment of the reminder knows anyway. Once it begins at
    another time, all are reminded anew.
    """
    slot = db.session.get_one(Slot, slot_id)
    event = slot.event
    due = moment_of(kind, slot, all_plans().get(event.host_id, Plan()))
    if due is None or event.is_cancelled or not due <= at < slot.starts_at:
        return 0  # another plan, since the slot was found
    name = literal(f"{kind}:") + cast(Registration.id, String) + literal(f":{slot.starts_at.isoformat()}")
    waiting = (
        select(Registration.id, Registration.person_id, name)
        .where(Registration.slot_id == slot_id, Registration.state == RegistrationState.CONFIRMED)
        .where(Registration.registered_at < due, ~exists().where(Message.once == name), ~_was_told_since(event, due))
        .order_by(Registration.id)
        .limit(BATCH)
    )
    readers = [Reader(person_id, id_, once=once) for id_, person_id, once in db.session.execute(waiting)]
    facts = {"event": event.title, "contact": event.contact, **slot_facts(event, slot)}
    return tell_all(News(kind, event.host_id, facts, event.id), readers, at=at)


def moment_of(kind: MessageKind, slot: Slot, plan: Plan) -> datetime | None:
    """Return when people are to be reminded of a slot, None for never."""
    before = timedelta(days=plan.days_before) if kind is MessageKind.REMINDER else timedelta(hours=plan.hours_before)
    return slot.starts_at - before if before else None


def _was_told_since(event: Event, due: datetime) -> ColumnElement[bool]:
    """Return the condition that somebody was told of another time or place since then, which was a reminder too."""
    theirs = (Message.person_id == Registration.person_id) & (Message.event_id == event.id)
    return exists().where(theirs, Message.kind == MessageKind.CHANGED, Message.sent_at >= due)
