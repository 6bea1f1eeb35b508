"""Which slots somebody ever signed up for: these are not deleted."""

from collections.abc import Collection

from sqlalchemy import select, union

from app.core.db import db
from app.events.models import Offer, Registration, ShiftSwap


def used_slots(slot_ids: Collection[int]) -> set[int]:
    """Return which of some slots people have or had places in, those too from which all were moved elsewhere: an offer
    or a swap that was made there is a part of their history."""
    those = (Registration, Offer, ShiftSwap)
    each = (select(model.slot_id).where(model.slot_id.in_(slot_ids)).distinct() for model in those)
    return set(db.session.scalars(union(*each)))
