"""Events inside a programme."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.changes import note_change
from app.core.clock import end_of_day, start_of_day
from app.core.db import db
from app.events.models import Event, Slot
from app.events.planning import locked
from app.events.registration import places
from app.events.registration.reasking import follow_programme
from app.programmes.hooks import when_replanned
from app.programmes.models import Programme

_AROUND = timedelta(days=30)


def put_into(event_id: int, programme_id: int, *, by: int, at: datetime) -> Event:
    """Let an event happen inside a programme of the same host, whose consent covers it from then on; a second time
    changes nothing. Raises `LookupError` for another host's."""
    event, programme = locked(event_id), db.session.get_one(Programme, programme_id)
    if event.host_id != programme.host_id:
        raise LookupError(event_id)
    if event.programme_id != programme_id:
        event.programme = programme
        follow_programme(event, at=at)
        note_change("event", event_id, "put_into", by=by, at=at, title=programme.title)
    return event


@when_replanned
def follow(programme: Programme, at: datetime) -> None:
    """Weigh anew what is inside a programme that goes further now, no longer so far, or not at all."""
    places.lock_slots(db.session.scalars(select(Slot.id).join(Slot.event).where(Event.programme_id == programme.id)))
    for event in db.session.scalars(select(Event).where(Event.programme_id == programme.id).order_by(Event.id)).all():
        follow_programme(event, at=at)


def take_out(event_id: int, *, by: int, at: datetime) -> Event:
    """Let an event stand alone again, so that guardians are asked about it; a second time changes nothing."""
    event = locked(event_id)
    if event.programme_id is not None:
        event.programme = None
        follow_programme(event, at=at)
        note_change("event", event_id, "taken_out", by=by, at=at)
    return event


def events_inside(programme_id: int, *, drafts: bool) -> Sequence[Event]:
    """Return the events of a programme in their order; what is not published yet only for its host."""
    found = select(Event).where(Event.programme_id == programme_id)
    if not drafts:
        found = found.where(Event.published_at.is_not(None))
    brought = found.options(joinedload(Event.host), selectinload(Event.slots))
    return db.session.scalars(brought.order_by(Event.starts_at, Event.id).limit(200)).all()


def events_to_put_into(programme: Programme) -> Sequence[Event]:
    """Return the host's events about the time of a programme that take place and are in none."""
    alone = (Event.host_id == programme.host_id, Event.programme_id.is_(None), Event.cancelled_at.is_(None))
    begins, ends = start_of_day(programme.starts_on) - _AROUND, end_of_day(programme.ends_on) + _AROUND
    found = select(Event).where(*alone, Event.starts_at >= begins, Event.starts_at < ends)
    return db.session.scalars(found.order_by(Event.starts_at, Event.id).limit(100)).all()
