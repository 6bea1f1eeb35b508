"""What happened to an event and its slots, in words; and how often."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from app.core.changes import Change, changes_of, told
from app.core.db import db
from app.events.models import Event, Registration
from app.events.words import EVENT, SLOT

MOST = 50


@dataclass(frozen=True)
class Revision:
    """How often something has changed so far, and when last."""

    number: int
    at: datetime


def history_of(event: Event) -> list[tuple[Change, list[str]]]:
    """Return the latest changes of an event and of its slots with their sentences, the latest first."""
    titles = {slot.id: slot.title for slot in event.slots}
    of_event = [(change, told(change, EVENT)) for change in changes_of("event", [event.id], MOST)]
    of_slots = [
        (change, [f"{titles[change.record_id]} · {sentence}" for sentence in told(change, SLOT)])
        for change in changes_of("slot", list(titles), MOST)
    ]
    return sorted(of_event + of_slots, key=lambda one: one[0].id, reverse=True)[:MOST]


def revision_of(registration: Registration) -> Revision:
    """Return the revision of a place for its calendar entry: it rises with each change of event, slot and place."""
    slot = registration.slot
    of_event = and_(Change.record == "event", Change.record_id == slot.event_id)
    of_slot = and_(Change.record == "slot", Change.record_id == slot.id)
    found = select(func.count(), func.max(Change.at)).where(or_(of_event, of_slot))
    number, changed_at = db.session.execute(found).one()
    moments = [changed_at, registration.registered_at, registration.cancelled_at]
    return Revision(number + (not registration.is_open), max(filter(None, moments)))
