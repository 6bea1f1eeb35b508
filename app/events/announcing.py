"""When plans change: announcements, rain, another time, calling it off. Whoever has a place keeps it, and the code."""

from datetime import datetime, timedelta

from app.core.changes import note_change
from app.events.models import Event, Slot
from app.events.planning import keep_span, locked, locked_slot
from app.events.problems import AlreadyBegun, BeginsInThePast, EventCancelled, NoRainPlan
from app.events.registration import offers, places
from app.events.registration.reasking import ask_again, terms_of
from app.events.registration.telling import plans_of, tell_change, tell_everybody, tell_rain
from app.events.ways import allotments, invitations
from app.messages.models import MessageKind


def announce(event_id: int, text: str, *, by: int, at: datetime) -> Event:
    """Say something on top of the event's page; "" takes it away. The same words twice are the first."""
    event = locked(event_id)
    if text != event.notice:
        event.notice, event.noticed_at = text, at if text else None
        note_change("event", event_id, "announced" if text else "announcement_ended", by=by, at=at, text=text)
    return event


def begin_rain_plan(event_id: int, *, by: int, at: datetime) -> Event:
    """Let the rain plan hold; a second time keeps the first moment. Raises `NoRainPlan`."""
    event = locked(event_id)
    if not event.rain_plan:
        raise NoRainPlan
    if event.rain_since is None:
        event.rain_since = at
        tell_rain(event, event.rain_plan, "", at=at)
        note_change("event", event_id, "rain_began", by=by, at=at)
    return event


def end_rain_plan(event_id: int, *, by: int, at: datetime) -> Event:
    """Take the rain plan back; a second time changes nothing."""
    event = locked(event_id)
    if event.rain_since is not None:
        event.rain_since = None
        tell_rain(event, "", event.rain_plan, at=at)
        note_change("event", event_id, "rain_ended", by=by, at=at)
    return event


def postpone_event(event_id: int, starts_at: datetime, reason: str, *, by: int, at: datetime) -> Event:
    """Move all slots of an event by as much as its beginning; a second time only mends the reason.

    Back to the first plan, the event is as if it had never moved. Raises `AlreadyBegun`, `BeginsInThePast`,
    `EventCancelled`.
    """
    event = locked(event_id)
    before, was, agreed = event.starts_at, plans_of(event), terms_of(event)
    _refuse_move(event, before, starts_at, at)
    for slot in event.slots:
        _move(slot, starts_at - before, at)
    _say_why(event, reason, at)
    if starts_at != before:
        tell_change(event, was, reason, at=at)
        ask_again(event, agreed, at=at)
        note_change("event", event_id, "postponed", by=by, at=at, before=before, after=starts_at, reason=reason)
    return event


def postpone_slot(slot_id: int, starts_at: datetime, reason: str, *, by: int, at: datetime) -> Event:
    """Move one slot; raises what `postpone_event` raises."""
    event, slot = locked_slot(slot_id)
    before, was, agreed = slot.starts_at, plans_of(event), terms_of(event)
    _refuse_move(event, before, starts_at, at)
    _move(slot, starts_at - before, at)
    _say_why(event, reason, at)
    if starts_at != before:
        tell_change(event, was, reason, at=at)
        ask_again(event, agreed, at=at)
        facts = {"title": slot.title, "before": before, "after": starts_at, "reason": reason}
        note_change("event", event.id, "slot_postponed", by=by, at=at, **facts)
    return event


def cancel_event(event_id: int, reason: str, *, by: int, at: datetime) -> Event:
    """Call an event off, visibly and with the reason; a second time only mends the reason.

    People keep their registrations, in case it is resumed.
    """
    event = locked(event_id)
    if not event.is_cancelled:
        tell_everybody(MessageKind.CANCELLED, event, at=at, is_urgent=True, reason=reason)
    if reason != event.cancel_reason:
        event.cancelled_at, event.cancel_reason = event.cancelled_at or at, reason
        note_change("event", event_id, "cancelled", by=by, at=at, reason=reason)
    return event


def resume_event(event_id: int, *, by: int, at: datetime) -> Event:
    """Take a cancellation back and serve those in line, for some may have left; a second time changes nothing."""
    event = locked(event_id)
    if event.is_cancelled:
        event.cancelled_at = event.cancel_reason = None
        tell_everybody(MessageKind.RESUMED, event, at=at, is_urgent=True)
        note_change("event", event_id, "resumed", by=by, at=at)
        for slot in places.lock_slots(slot.id for slot in event.slots):
            offers.give_time(slot, at=at)
            places.serve(slot, at=at)
    return event


def _refuse_move(event: Event, before: datetime, after: datetime, at: datetime) -> None:
    if event.is_cancelled:
        raise EventCancelled
    if before <= at:  # people were checked in, and may hold certificates of that day
        raise AlreadyBegun
    if after <= at:
        raise BeginsInThePast


def _move(slot: Slot, by: timedelta, at: datetime) -> None:
    """Move a slot and its sign-up; one that is open already stays open, and what was drawn stays drawn."""
    first = slot.planned_at or slot.starts_at
    if slot.opens_at > at or by < timedelta(0):
        slot.opens_at += by
    slot.starts_at += by
    slot.ends_at += by
    if slot.drawn_at is None:
        slot.closes_at += by
        slot.draws_at = slot.draws_at and slot.draws_at + by
    allotments.move(slot.id, by)
    invitations.move(slot.id, by)
    slot.planned_at = None if slot.starts_at == first else first
    offers.end_before_start(slot)


def _say_why(event: Event, reason: str, at: datetime) -> None:
    keep_span(event)
    has_moved = any(slot.planned_at for slot in event.slots)
    event.postponed_at, event.postpone_reason = (at, reason) if has_moved else (None, "")
