"""An event as it would look, without a row being touched."""

from dataclasses import asdict

from app.events.models import Event, Slot
from app.events.planning import keep_span
from app.events.plans import EventWords, SlotPlan, plan_of
from app.organisations.models import Organisation

NOT_YET = 0  # the number of what has none yet: it steers the drawn picture
_NEWS = ("notice", "noticed_at", "rain_since", "postponed_at", "postpone_reason", "picture")


def preview(words: EventWords, plan: SlotPlan, host: Organisation) -> Event:
    """Return an event to be, in no session, made of what somebody typed."""
    event = Event(id=NOT_YET, notice="", postpone_reason="", **asdict(words))
    event.slots = [Slot(id=NOT_YET, taken=0, **asdict(plan))]
    return _whole(event, host)


def preview_of(event: Event, words: EventWords) -> Event:
    """Return an event as it would look with other words."""
    news = {name: getattr(event, name) for name in _NEWS}
    changed = Event(id=event.id, **news, **asdict(words))
    changed.slots = [
        Slot(id=slot.id, taken=slot.taken, planned_at=slot.planned_at, **asdict(plan_of(slot))) for slot in event.slots
    ]
    return _whole(changed, event.host)


def _whole(event: Event, host: Organisation) -> Event:
    event.host = host
    keep_span(event)
    return event
