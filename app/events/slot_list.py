"""An event's slots as its pages list them: a series once, and of very many the next ones first, the rest by month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from app.core.clock import local_day
from app.events.models import Slot

MANY, NEXT = 12, 5


@dataclass(frozen=True)
class SlotList:
    """Slots that are shown at once; the others by month, each month as its first day; and of a slot that leads a
    series all dates of that series, what was and what is to come."""

    shown: Sequence[Slot]
    months: Sequence[tuple[date, Sequence[Slot]]] = ()
    dates: dict[int, list[Slot]] = field(default_factory=dict)


def slot_list(slots: Sequence[Slot], at: datetime) -> SlotList:
    """Return an event's slots for its staff: each of them."""
    if len(slots) < MANY:
        return SlotList(slots)
    shown = [slot for slot in slots if slot.ends_at > at][:NEXT]
    rest = [slot for slot in slots if slot not in shown]
    return SlotList(shown, [(month, list(group)) for month, group in groupby(rest, key=_month)])


def public_slot_list(slots: Sequence[Slot], at: datetime) -> SlotList:
    """Return them for whoever signs up: of a series only the date that leads."""
    of_batch: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.batch_id is not None:
            of_batch[slot.batch_id].append(slot)
    dates = {slot.id: of_batch[slot.batch_id] for slot in slots if slot.leads and slot.batch_id is not None}
    hidden = {slot.id for lead_id, of_series in dates.items() for slot in of_series if slot.id != lead_id}
    listed = slot_list([slot for slot in slots if slot.id not in hidden], at)
    return SlotList(listed.shown, listed.months, dates)


def _month(slot: Slot) -> date:
    return local_day(slot.starts_at).replace(day=1)
