"""现场补报: somebody comes without a sign-up, and is entered and checked in at once."""

from collections.abc import Sequence
from datetime import datetime

from app.checkin.operations import Judged, check_in
from app.core.clock import local_day
from app.core.db import db
from app.events.acts.by_hand import Entry, enter
from app.events.models import Event, Registration, Slot, Source


def slots_at_the_door(event: Event, at: datetime) -> Sequence[Slot]:
    """Return what somebody can walk into now: the slots of today that are not over."""
    return [slot for slot in event.slots if local_day(slot.starts_at) <= local_day(at) and at < slot.ends_at]


def walk_in(entry: Entry, slot_id: int, *, by: int, at: datetime) -> tuple[Registration, Judged]:
    """Give somebody at the door a place, and check in whoever may come in; twice is once.

    A child under 14 without consent gets the place held, and is sent to the service desk. Raises what `by_hand.enter`
    raises.
    """
    registration = enter(entry, slot_id, Source.WALK_IN, by=by, at=at)
    db.session.flush()
    return registration, check_in(registration.id, by=by, at=at)
