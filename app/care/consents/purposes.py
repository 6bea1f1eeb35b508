"""Which purposes a guardian is asked about: only those that apply."""

from collections.abc import Iterable

from app.events.models import Slot
from app.events.registration.scopes import is_overnight
from app.people.consents.models import Purpose


def extras_of(slots: Iterable[Slot]) -> list[Purpose]:
    """Return what is asked besides taking part: photos; notes on health where a child goes far."""
    is_far = any(goes_far(slot) for slot in slots)
    return [*([Purpose.HEALTH] if is_far else []), Purpose.PHOTOS]


def goes_far(slot: Slot) -> bool:
    """Return whether somebody is away for a night or leaves the county: an answer has to be proven then at any age."""
    return is_overnight(slot) or slot.event.leaves_county
