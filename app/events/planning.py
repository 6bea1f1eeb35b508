"""Setting up an event: its words, its slots, publishing it and calling it off."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, Slot, SlotForm
from app.events.problems import CapacityBelowTaken, ChildrenInSlot, EventCancelled, LastSlot, SlotInUse
from app.programmes.kinds import ProgrammeKind


@dataclass(frozen=True)
class EventWords:
    """What an event is, in the host's words."""

    title: str
    kind: ProgrammeKind
    summary: str
    place: str
    contact: str


@dataclass(frozen=True)
class SlotPlan:
    """What a slot is: when, where, how many, for whom, and when one can sign up."""

    title: str
    form: SlotForm
    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    min_age: int
    max_age: int
    opens_at: datetime
    closes_at: datetime


def create_event(host_id: int, words: EventWords, plan: SlotPlan, *, by: int, at: datetime) -> Event:
    """Set up a draft with its first slot."""
    event = Event(
        host_id=host_id,
        created_at=at,
        created_by_id=by,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        **asdict(words),
    )
    event.slots.append(Slot(taken=0, **asdict(plan)))
    db.session.add(event)
    db.session.flush()
    return event


def edit_event(event_id: int, words: EventWords) -> Event:
    """Change the words of an event."""
    event = db.session.get_one(Event, event_id)
    for name, value in asdict(words).items():
        setattr(event, name, value)
    return event


def add_slot(event_id: int, plan: SlotPlan) -> Slot:
    """Add a session or shift."""
    event = _locked(event_id)
    slot = Slot(taken=0, **asdict(plan))
    event.slots.append(slot)
    _keep_span(event)
    db.session.flush()
    return slot


def edit_slot(slot_id: int, plan: SlotPlan) -> Slot:
    """Change a slot.

    Raises `CapacityBelowTaken` for fewer places than people already have, `ChildrenInSlot` when children under 14 would
    become volunteers.
    """
    event_id = db.session.get_one(Slot, slot_id).event_id
    event = _locked(event_id)
    slot = db.session.get_one(Slot, slot_id, with_for_update=True, populate_existing=True)
    if plan.capacity < slot.taken:
        raise CapacityBelowTaken(taken=slot.taken)
    if plan.form is SlotForm.SHIFT and plan.form is not slot.form and _has_children(slot_id):
        raise ChildrenInSlot
    for name, value in asdict(plan).items():
        setattr(slot, name, value)
    _keep_span(event)
    return slot


def delete_slot(slot_id: int) -> int:
    """Delete a slot that nobody ever signed up for and return the event's id."""
    event = _locked(db.session.get_one(Slot, slot_id).event_id)
    slot = db.session.get_one(Slot, slot_id, with_for_update=True, populate_existing=True)
    if db.session.scalar(select(func.count()).where(Registration.slot_id == slot_id)):
        raise SlotInUse
    if len(event.slots) == 1:
        raise LastSlot
    event.slots.remove(slot)
    _keep_span(event)
    return event.id


def publish(event_id: int, *, at: datetime) -> Event:
    """Let everyone see an event; a second time changes nothing."""
    event = _locked(event_id)
    if event.is_cancelled:
        raise EventCancelled
    event.published_at = event.published_at or at
    return event


def cancel_event(event_id: int, reason: str, *, at: datetime) -> Event:
    """Call an event off, visibly and with the reason; a second time only mends the reason.

    People keep their registrations, in case it is resumed.
    """
    event = _locked(event_id)
    event.cancelled_at, event.cancel_reason = event.cancelled_at or at, reason
    return event


def resume_event(event_id: int) -> Event:
    """Take a cancellation back."""
    event = _locked(event_id)
    event.cancelled_at = event.cancel_reason = None
    return event


def _has_children(slot_id: int) -> bool:
    child = select(Registration.id).where(
        Registration.slot_id == slot_id,
        Registration.state != RegistrationState.CANCELLED,
        Registration.fourteen_on > Registration.registered_on,
    )
    return db.session.scalar(child.limit(1)) is not None


def _locked(event_id: int) -> Event:
    return db.session.get_one(Event, event_id, with_for_update={"key_share": True}, populate_existing=True)


def _keep_span(event: Event) -> None:
    event.starts_at = min(slot.starts_at for slot in event.slots)
    event.ends_at = max(slot.ends_at for slot in event.slots)
