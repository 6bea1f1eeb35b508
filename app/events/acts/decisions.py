"""What staff decide about those who signed up: approve, refuse, move, cancel, let in from the line. Each is one act.

An act whose form was sent before is the first one again. Whom it cannot be done to stays as before, and the act says
why. A party is decided whole.
"""

from collections.abc import Collection
from datetime import datetime

from app.events.acts.batches import Batch, act_called
from app.events.acts.suiting import why_not_on_shift_of
from app.events.acts.telling_decisions import tell_decided
from app.events.acts.whom import Party, Why, answer_offer, why_not_now
from app.events.models import (
    PENDING,
    PLACED,
    BulkAct,
    BulkVerb,
    OfferAnswer,
    Registration,
    RegistrationState,
    Slot,
    WayIn,
)
from app.events.registration import places
from app.events.registration.admission import give_invitations_back

_REFUSABLE = frozenset(PENDING)
_CANCELLABLE = frozenset({*PLACED, *PENDING})
_ADMISSIBLE = frozenset({RegistrationState.OFFERED, RegistrationState.WAITING})


def approve(event_id: int, registration_ids: Collection[int], key: str, *, by: int, at: datetime) -> BulkAct:
    """Give a place to those who wait for a decision, whoever applied first coming first. Whoever does not fit goes on
    the waiting list if there is one."""
    if known := act_called(key):
        return known
    batch = Batch(event_id, registration_ids)
    for slot, party in batch.parties():
        why = why_not_now(slot, party, {RegistrationState.APPLIED}, at)
        if why is None and slot.way_in is WayIn.LOTTERY and slot.drawn_at is None:
            why = Why.DRAW
        why = why or why_not_on_shift_of(slot, party, at=at)
        if why or not _seated_or_queued(slot, party, at):
            batch.leave(party, why or Why.FULL)
    _decided(batch.done, by=by, at=at)
    tell_decided(batch.event, batch.done, at=at)
    return batch.close(BulkVerb.APPROVED, key, by=by, at=at)


def admit(event_id: int, registration_ids: Collection[int], key: str, *, by: int, at: datetime) -> BulkAct:
    """Give a place now to those who are next in line, or whose answer to an offer came in another way."""
    if known := act_called(key):
        return known
    batch = Batch(event_id, registration_ids)
    for slot, party in sorted(batch.parties(), key=lambda one: (one[0].id, one[1][0].line or 0)):
        why = why_not_now(slot, party, _ADMISSIBLE, at) or why_not_on_shift_of(slot, party, at=at)
        why = why or _why_not_admitted(slot, party, at)
        if why:
            batch.leave(party, why)
    _decided(batch.done, by=by, at=at)
    tell_decided(batch.event, batch.done, at=at)
    return batch.close(BulkVerb.ADMITTED, key, by=by, at=at)


def refuse(
    event_id: int, registration_ids: Collection[int], reason: str, key: str, *, by: int, at: datetime
) -> BulkAct:
    """Say no, with the reason, to those who wait for a decision, in line or for their own answer."""
    if known := act_called(key):
        return known
    batch = Batch(event_id, registration_ids)
    _end(batch, RegistrationState.REFUSED, _REFUSABLE, reason, by=by, at=at)
    _decided(batch.done, by=by, at=at)
    return batch.close(BulkVerb.REFUSED, key, by=by, at=at, reason=reason)


def cancel_for(
    event_id: int, registration_ids: Collection[int], reason: str, key: str, *, by: int, at: datetime
) -> BulkAct:
    """Cancel sign-ups as staff, with the reason. Once it has begun, the attendance is put right instead."""
    if known := act_called(key):
        return known
    batch = Batch(event_id, registration_ids)
    _end(batch, RegistrationState.CANCELLED, _CANCELLABLE, reason, by=by, at=at)
    return batch.close(BulkVerb.CANCELLED, key, by=by, at=at, reason=reason)


def _seated_or_queued(slot: Slot, party: Party, at: datetime) -> bool:
    """Give a party places or, where there is a line, a stand in it; nobody passes those who wait."""
    may_pass = not slot.waiting or slot.smaller_may_pass
    if may_pass and places.seat(slot, party, at=at):
        return True
    if slot.has_waiting_list:
        places.queue_up(slot, party)
    return slot.has_waiting_list


def _why_not_admitted(slot: Slot, party: Party, at: datetime) -> Why | None:
    """Give a party the place it was offered, or the one that it is next in line for; return why not."""
    if party[0].state is RegistrationState.OFFERED:
        answer_offer(party, OfferAnswer.ACCEPTED, at)
        places.weigh(slot, party, at=at)
        return None
    places.serve(slot, at=at, present=party[0].line)
    if party[0].state in PLACED:
        return None
    return Why.BEHIND if slot.free else Why.FULL


def _end(
    batch: Batch,
    state: RegistrationState,
    states: Collection[RegistrationState],
    reason: str,
    *,
    by: int,
    at: datetime,
) -> None:
    """End those who are in one of some states, tell them why, and offer what they had to the line."""
    for slot, party in batch.parties():
        why = Why.BEGUN if state is RegistrationState.CANCELLED and at >= slot.starts_at else None
        why = why or why_not_now(slot, party, states, at)
        if why:
            batch.leave(party, why)
            continue
        answer_offer(party, OfferAnswer.DECLINED, at)
        places.end(slot, party, state, by=by, at=at, reason=reason)
        give_invitations_back(party)
    for slot in batch.slots.values():
        places.serve(slot, at=at)
    tell_decided(batch.event, batch.done, reason, at=at)


def _decided(people: Collection[Registration], *, by: int, at: datetime) -> None:
    for one in people:
        one.decided_at, one.decided_by_id = at, by
