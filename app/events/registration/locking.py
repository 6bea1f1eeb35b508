"""Locking one person's place, wherever staff may have moved it a moment ago."""

from app.core.db import db
from app.events.models import Registration, Slot
from app.events.registration import places


def lock_place(registration_id: int) -> tuple[Slot, Registration]:
    """Return the slot that a registration is in, and the registration, both locked: first the slot.

    Staff may have moved it while the slot was waited for. To go on with the slot it was in would free a place there
    that somebody has, and the next one would get it as well.
    """
    slot = places.lock_slot(db.session.get_one(Registration, registration_id).slot_id)
    registration = db.session.get_one(
        Registration, registration_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if registration.slot_id != slot.id:
        slot = places.lock_slot(registration.slot_id)
    return slot, registration
