"""Setting up many slots as one step, and taking that step back."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Select, select

from app.core.access import Principal, Role
from app.core.changes import drop_changes, note_change
from app.core.db import db
from app.events.dates.series import follow_first
from app.events.dates.series_problems import TooManySlots
from app.events.models import Event, Slot, SlotBatch
from app.events.planning import keep_span, locked
from app.events.plans import SlotPlan
from app.events.problems import LastSlot
from app.events.registration.scopes import keep_term
from app.events.used import used_slots

MOST = 60  # slots of one batch


def make_batch(
    event_id: int, plans: Sequence[SlotPlan], key: str, *, is_series: bool, by: int, at: datetime
) -> SlotBatch:
    """Add slots to an event, all of them or none; of a series the first one leads. The same key again adds nothing.

    Raises `TooManySlots`.
    """
    event = locked(event_id)
    made = db.session.scalar(select(SlotBatch).where(SlotBatch.key == key))
    if made:
        return made
    if not 1 <= len(plans) <= MOST:
        raise TooManySlots(most=MOST)
    batch = SlotBatch(event_id=event_id, key=key, is_series=is_series, made_at=at, made_by_id=by)
    db.session.add(batch)
    db.session.flush()
    slots = [Slot(taken=0, batch_id=batch.id, **asdict(plan)) for plan in sorted(plans, key=lambda one: one.starts_at)]
    event.slots.extend(slots)
    for slot in slots:
        keep_term(slot, event)
    keep_span(event)
    db.session.flush()
    if is_series:
        follow_first(slots)
    what = "series_added" if is_series else "batch_added"
    note_change("event", event_id, what, by=by, at=at, title=plans[0].title, count=len(plans))
    return batch


def undo_batch(batch_id: int, *, by: int, at: datetime) -> list[Slot]:
    """Take the slots of a batch away again but those that people have signed up for; returns these.

    A series stays whole as soon as anybody has signed up. A second time takes nothing more away. Raises `LastSlot`.
    """
    batch = db.session.get_one(SlotBatch, batch_id)
    event = locked(batch.event_id)
    theirs = select(Slot).where(Slot.batch_id == batch_id).order_by(Slot.starts_at, Slot.id).with_for_update()
    slots = list(db.session.scalars(theirs.execution_options(populate_existing=True)))
    used = used_slots([one.id for one in slots])
    kept = slots if batch.is_series and used else [one for one in slots if one.id in used]
    gone = [one for one in slots if one not in kept]
    if gone and len(gone) == len(event.slots):
        raise LastSlot
    for one in gone:
        event.slots.remove(one)
    if gone:
        keep_span(event)
        drop_changes("slot", [one.id for one in gone])
        note_change("event", event.id, "batch_undone", by=by, at=at, title=gone[0].title, count=len(gone))
    if not kept:
        batch.undone_at, batch.undone_by_id = batch.undone_at or at, batch.undone_by_id or by
    return kept


def copy_batches(event: Event, copy: Event, *, by: int, at: datetime) -> None:
    """Let the slots of a copied event, in the same order, belong together as they did."""
    pairs = [(old.batch_id, new) for old, new in zip(event.slots, copy.slots, strict=True) if old.batch_id]
    for batch_id in {old for old, _new in pairs}:
        is_series = db.session.get_one(SlotBatch, batch_id).is_series
        batch = SlotBatch(event_id=copy.id, key=uuid4().hex, is_series=is_series, made_at=at, made_by_id=by)
        db.session.add(batch)
        db.session.flush()
        slots = [new for old, new in pairs if old == batch_id]
        for slot in slots:
            slot.batch_id = batch.id
        if is_series:
            follow_first(slots)


def batches_of(event_id: int) -> list[tuple[SlotBatch, list[Slot]]]:
    """Return the batches of an event that are still there with their slots, the latest first."""
    known = select(SlotBatch).where(SlotBatch.event_id == event_id, SlotBatch.undone_at.is_(None))
    batches = db.session.scalars(known.order_by(SlotBatch.id.desc())).all()
    slots = select(Slot).where(Slot.batch_id.in_([one.id for one in batches])).order_by(Slot.starts_at, Slot.id)
    theirs: dict[int | None, list[Slot]] = {}
    for slot in db.session.scalars(slots) if batches else ():
        theirs.setdefault(slot.batch_id, []).append(slot)
    return [(one, theirs[one.id]) for one in batches if one.id in theirs]


def batches_run_by(principal: Principal) -> Select[SlotBatch]:
    """Return the batches of the events of the hosts somebody works for."""
    own = Event.host_id.in_(principal.units(Role.STAFF))
    return select(SlotBatch).join(Event, Event.id == SlotBatch.event_id).where(own)
