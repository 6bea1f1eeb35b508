"""Which shifts are on offer from hand to hand, and which have changed hands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.clock import local_day
from app.core.db import db
from app.events.models import Event, Registration, RegistrationState, ShiftSwap, Slot, SlotForm, WayIn
from app.people.ages import CHILD_UNTIL, age_on
from app.people.queries import acted_for_by

MOST = 50
_CHOSEN = (WayIn.APPROVAL, WayIn.LOTTERY)
_IS_OPEN = ShiftSwap.taken_at.is_(None) & ShiftSwap.withdrawn_at.is_(None)


def may_hand_on(registration: Registration, at: datetime) -> bool:
    """Return whether somebody may offer a place to others at a moment."""
    slot = registration.slot
    is_single = registration.party_id is None and not registration.companions
    is_swappable = slot.form is SlotForm.SHIFT and slot.allows_swaps and slot.way_in not in _CHOSEN
    to_come = at < slot.starts_at and not slot.event.is_cancelled
    return is_swappable and is_single and to_come and registration.state is RegistrationState.CONFIRMED


def is_on_offer(swap: ShiftSwap, at: datetime) -> bool:
    """Return whether an offer still stands: nobody took it or took it back, and the place is still there, and not by
    staff's hand in another shift: whoever has the link would take one that was not offered."""
    is_open = swap.taken_at is None and swap.withdrawn_at is None
    return is_open and swap.slot_id == swap.registration.slot_id and may_hand_on(swap.registration, at)


def open_swap_of(registration_id: int) -> ShiftSwap | None:
    """Return what stands on offer of a place."""
    return db.session.scalar(select(ShiftSwap).where(ShiftSwap.registration_id == registration_id, _IS_OPEN))


def on_offer_of(registration_id: int, at: datetime) -> ShiftSwap | None:
    """Return the same if somebody can still take it."""
    swap = open_swap_of(registration_id)
    return swap if swap and is_on_offer(swap, at) else None


def swap_called(code: str) -> ShiftSwap | None:
    """Return the offer behind a link, over or not."""
    return db.session.scalar(_whole().where(ShiftSwap.code == code))


def open_swaps(slot_ids: Sequence[int], at: datetime) -> list[ShiftSwap]:
    """Return what is offered to all in some slots, the oldest offer first."""
    found = _whole().where(ShiftSwap.slot_id.in_(slot_ids), _IS_OPEN, ShiftSwap.is_for_all)
    return [one for one in db.session.scalars(found.order_by(ShiftSwap.id)) if is_on_offer(one, at)]


def open_to(user_id: int | None, event: Event, at: datetime) -> list[ShiftSwap]:
    """Return what is offered to all in an event and somebody for whom an account acts is of the age for; what else the
    shift asks for is said to whoever wants to take it."""
    shifts = [slot.id for slot in event.slots if slot.form is SlotForm.SHIFT and at < slot.starts_at]
    offered = open_swaps(shifts, at) if user_id and shifts else []
    if not user_id or not offered:
        return []
    known = {one.person_id: age_on(one.person.born_on, local_day(at)) for one in acted_for_by(user_id)}
    return [swap for swap in offered if any(_suits(swap, *one) for one in known.items())]


def _suits(swap: ShiftSwap, person_id: int, age: int) -> bool:
    slot = swap.registration.slot
    return max(slot.min_age, CHILD_UNTIL) <= age <= slot.max_age and person_id != swap.registration.person_id


def swaps_of_event(event: Event, at: datetime) -> list[ShiftSwap]:
    """Return the shifts of an event that changed hands or still might, the latest first; for its host."""
    shifts = [slot.id for slot in event.slots if slot.form is SlotForm.SHIFT]
    if not shifts:
        return []
    found = _whole().where(ShiftSwap.slot_id.in_(shifts), ShiftSwap.withdrawn_at.is_(None))
    whole = found.options(
        contains_eager(ShiftSwap.registration).joinedload(Registration.person),
        joinedload(ShiftSwap.taken_registration).joinedload(Registration.person),
    )
    swaps = db.session.scalars(whole.order_by(ShiftSwap.id.desc()).limit(MOST))
    return [one for one in swaps if one.taken_at or is_on_offer(one, at)]


def _whole() -> Select[ShiftSwap]:
    return (
        select(ShiftSwap)
        .join(ShiftSwap.registration)
        .join(Registration.slot)
        .join(Slot.event)
        .options(
            contains_eager(ShiftSwap.registration)
            .contains_eager(Registration.slot)
            .contains_eager(Slot.event)
            .joinedload(Event.host)
        )
    )
