"""Moving people to another slot of the same event."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.events.acts.batches import Batch, act_called
from app.events.acts.putting_back import CannotBe, move_party
from app.events.acts.suiting import why_not_on_shift_of
from app.events.acts.telling_decisions import tell_decided, tell_moved
from app.events.acts.whom import Party, Why, answer_offer, why_not_now
from app.events.models import (
    OPEN,
    PENDING,
    PLACED,
    BulkAct,
    BulkVerb,
    OfferAnswer,
    Registration,
    RegistrationState,
    Slot,
)
from app.events.registration import places, reasons

_MOVABLE = frozenset({*PLACED, *PENDING})
_GETS_A_PLACE = frozenset({RegistrationState.OFFERED, RegistrationState.WAITING})


def move(event_id: int, registration_ids: Collection[int], slot_id: int, key: str, *, by: int, at: datetime) -> BulkAct:
    """Move people to another slot of the event; the entry code stays. Whoever waited in line or had an offer gets a
    place there, whoever waits for a decision goes on waiting."""
    if known := act_called(key):
        return known
    batch = Batch(event_id, registration_ids, slot_id)
    target = batch.slots[slot_id]
    there = _people_in(slot_id)
    for slot, party in batch.parties():
        why = Why.DATE if slot.follows and party[0].series_of_id else None
        why = why or _why_not_there(target, party, there, at) or why_not_now(slot, party, _MOVABLE, at)
        why = why or _why_not_moved(slot, party, target, at=at)
        if why:
            batch.leave(party, why)
    for slot in batch.slots.values():
        places.serve(slot, at=at)
    before = {one.id: batch.before[one.id] for one in batch.done}
    stay = [one for one in batch.done if before[one.id]["state"] not in _GETS_A_PLACE]
    tell_moved(batch.event, stay, {one.id: before[one.id]["slot_id"] for one in stay}, at=at)
    tell_decided(batch.event, [one for one in batch.done if one not in stay], at=at)
    return batch.close(BulkVerb.MOVED, key, by=by, at=at, slot=target.title)


def _people_in(slot_id: int) -> set[int]:
    theirs = (Registration.slot_id == slot_id, Registration.state.in_(OPEN))
    return set(db.session.scalars(select(Registration.person_id).where(*theirs)))


def _why_not_there(target: Slot, party: Party, there: set[int], at: datetime) -> Why | None:
    """Return why a party cannot come to another slot, whatever room there is."""
    if target.id == party[0].slot_id or there & {one.person_id for one in party}:
        return Why.THERE
    if at >= target.ends_at:
        return Why.OVER
    day = local_day(at)
    fits = all(reasons.why_not_this_person(target, one.person.born_on, on=day) is None for one in party)
    return None if fits else Why.AGE


def _why_not_moved(slot: Slot, party: Party, target: Slot, *, at: datetime) -> Why | None:
    """Move a party if it fits, or return why not; whoever waits for a decision needs no room yet."""
    waits = party[0].state is RegistrationState.APPLIED
    others_wait = target.waiting and not target.smaller_may_pass
    if others_wait and not waits:
        return Why.FULL
    try:
        with db.session.begin_nested():
            answer_offer(party, OfferAnswer.DECLINED, at)
            places.vacate(slot, party, at=at)
            for one in party:
                one.slot_id = target.id
            move_party(party, target)
            why = why_not_on_shift_of(target, party, at=at)  # the place they come from counts no more
            if why or not (waits or places.seat(target, party, at=at)):
                raise CannotBe(why or Why.FULL)
    except CannotBe as reason:
        return reason.why
    return None
