"""A class series for tests: dates a week apart, the first in three hours."""

from datetime import datetime, timedelta
from typing import Any

from app.core.clock import now
from app.core.db import db
from app.events.dates.slot_batches import make_batch
from app.events.models import PLACED, Event, Registration, Slot
from tests.factories import Factory

WEEK = timedelta(weeks=1)


def series(make: Factory, dates: int = 4, **plan: Any) -> list[Slot]:
    """Make a series in an event of its own; its ordinary slot comes a year later. Keywords are the plan's."""
    far = now() + timedelta(days=400)
    event = make.event(starts_at=far, ends_at=far + timedelta(hours=1), closes_at=far)
    return batch(make, event, dates, is_series=True, **plan)


def batch(make: Factory, event: Event, dates: int = 4, *, is_series: bool = False, **plan: Any) -> list[Slot]:
    """Add slots to an event."""
    first = make.plan(title="竹笛课", **plan)
    plans = [_later(make, first, number, plan) for number in range(dates)]
    key = f"key-{event.id}-{is_series}"
    made = make.do(make_batch, event.id, plans, key, is_series=is_series, by=event.created_by_id, at=now())
    found = db.session.query(Slot).filter_by(batch_id=made.id).order_by(Slot.starts_at)
    return list(found)


def _later(make: Factory, first: Any, number: int, plan: dict[str, Any]) -> Any:
    times = {name: getattr(first, name) + number * WEEK for name in ("starts_at", "ends_at", "closes_at")}
    return make.plan(**{"title": "竹笛课", **plan, **times})


def there(slot_id: int) -> list[str]:
    """Return who has a place in a slot, by name."""
    db.session.expire_all()
    theirs = (Registration.slot_id == slot_id, Registration.state.in_(PLACED))
    return sorted(one.person.name for one in db.session.query(Registration).filter(*theirs))


def taken(slots: list[Slot]) -> list[int]:
    """Return how many places each slot has given."""
    db.session.expire_all()
    return [db.session.get_one(Slot, slot.id).taken for slot in slots]


def after(slot: Slot) -> datetime:
    """Return a moment just after a slot began."""
    return slot.starts_at + timedelta(minutes=1)
