"""A risky shift is insured, or not any more (已投保)."""

from datetime import datetime

from app.core.changes import note_change
from app.events.models import Slot
from app.events.planning import locked_slot
from app.events.shifts.shift_problems import NotRisky


def mark_insured(slot_id: int, note: str, *, by: int, at: datetime) -> Slot:
    """Say that whoever serves a risky shift at its present time is insured, and by what; the last word counts.

    Raises `NotRisky`.
    """
    _event, slot = locked_slot(slot_id)
    if not slot.is_risky:
        raise NotRisky
    if slot.insured_for != slot.starts_at or slot.insurance_note != note:
        slot.insured_for, slot.insured_at, slot.insured_by_id, slot.insurance_note = slot.starts_at, at, by, note
        note_change("slot", slot_id, "insured", by=by, at=at, note=note)
    return slot


def withdraw_insurance(slot_id: int, *, by: int, at: datetime) -> Slot:
    """Say that they are not; who has a place keeps it, nobody else gets one. A second time changes nothing."""
    _event, slot = locked_slot(slot_id)
    if slot.insured_at is not None:
        slot.insured_for = slot.insured_at = slot.insured_by_id = None
        slot.insurance_note = ""
        note_change("slot", slot_id, "insurance_withdrawn", by=by, at=at)
    return slot
