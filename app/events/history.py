"""What happened to an event and its slots, in words."""

from app.core.changes import Change, changes_of, told
from app.events.models import Event
from app.events.words import EVENT, SLOT

MOST = 50


def history_of(event: Event) -> list[tuple[Change, list[str]]]:
    """Return the latest changes of an event and of its slots with their sentences, the latest first."""
    titles = {slot.id: slot.title for slot in event.slots}
    of_event = [(change, told(change, EVENT)) for change in changes_of("event", [event.id], MOST)]
    of_slots = [
        (change, [f"{titles[change.record_id]} · {sentence}" for sentence in told(change, SLOT)])
        for change in changes_of("slot", list(titles), MOST)
    ]
    return sorted(of_event + of_slots, key=lambda one: one[0].id, reverse=True)[:MOST]
