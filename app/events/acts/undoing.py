"""Taking one act on several people back, as one step: everybody is again what they were, if that can still be."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from app.core.changes import note_change
from app.core.db import db
from app.events.acts.batches import Snapshot, by_party, by_reason, locked, snapshots
from app.events.acts.desk_problems import TooLateToUndo
from app.events.acts.putting_back import CannotBe, put_back
from app.events.acts.telling_decisions import put_right, tell_moved, withdraw
from app.events.acts.whom import Why
from app.events.models import PLACED, BulkAct, BulkActItem, BulkVerb, Event, Registration, RegistrationState, Slot
from app.events.registration import places

UNDO_WITHIN = timedelta(minutes=10)
_TOLD_OF_THE_MOVE = frozenset({*PLACED, RegistrationState.APPLIED})


def can_be_undone(act: BulkAct, at: datetime) -> bool:
    """Return whether an act can be taken back at a moment."""
    return act.undone_at is None and at < act.at + UNDO_WITHIN and bool(act.facts["people"])


def undo(act_id: int, *, by: int, at: datetime) -> BulkAct:
    """Take an act back; a second time changes nothing. Raises `TooLateToUndo`.

    Whoever was changed since, and whoever's place somebody else has by now, stays; ``facts["kept"]`` says who and why.
    """
    act = db.session.get_one(BulkAct, act_id, with_for_update=True, populate_existing=True)
    if act.undone_at is not None:
        return act
    if not can_be_undone(act, at):
        raise TooLateToUndo
    items = {one.registration_id: one for one in db.session.scalars(_items(act_id)) if one.before}  # else: erased
    slot_ids = {said["slot_id"] for one in items.values() for said in (one.before, one.after)}
    slots = {one.id: one for one in places.lock_slots(sorted(slot_ids))}
    people = {one.id: one for one in locked(items)}
    was = {number: one.slot_id for number, one in people.items()}
    kept = _go_back(act, items, people, slots, at)
    done = [one for one in people.values() if one.id not in kept and not _was_offered(items[one.id])]
    for slot in slots.values():
        places.serve(slot, at=at)
    _tell(act, done, {number: one.before for number, one in items.items()}, was, at)
    act.undone_at, act.undone_by_id = at, by
    act.key = f"{act.key}:{act.id}"  # the same choice may be made once more
    act.facts = act.facts | {"kept": by_reason(kept), "put_back": len(done)}
    for one in done:
        note_change("registration", one.id, "undone", by=by, at=at)
    note_change("event", act.event_id, "bulk_undone", by=by, at=at, verb=act.verb, people=len(done))
    return act


def _go_back(
    act: BulkAct,
    items: Mapping[int, BulkActItem],
    people: Mapping[int, Registration],
    slots: Mapping[int, Slot],
    at: datetime,
) -> dict[int, Why]:
    """Put everybody back where that can be, first those to whom places that became free were offered; return who
    stays, and why."""
    now = snapshots(items)
    since = {number for number, item in items.items() if now[number] != item.after}
    kept: dict[int, Why] = {}
    for party in sorted(by_party(people.values()), key=lambda found: not _was_offered(items[found[0].id])):
        numbers = [one.id for one in party]
        if since.intersection(numbers) or (_was_offered(items[numbers[0]]) and _know(act, numbers)):
            kept |= dict.fromkeys(numbers, Why.SINCE)
            continue
        try:
            with db.session.begin_nested():
                put_back(party, {number: items[number].before for number in numbers}, slots, at=at)
        except CannotBe as reason:
            kept |= dict.fromkeys(numbers, reason.why)
    return {number: why for number, why in kept.items() if not _was_offered(items[number])}


def _was_offered(item: BulkActItem) -> bool:
    """Return whether somebody was only offered a place that an act made free."""
    return (item.before["state"], item.after["state"]) == (RegistrationState.WAITING, RegistrationState.OFFERED)


def _know(act: BulkAct, numbers: list[int]) -> bool:
    return bool(withdraw(act.event_id, numbers, told_at=act.at))


def _tell(
    act: BulkAct, done: list[Registration], before: Mapping[int, Snapshot], was: Mapping[int, int], at: datetime
) -> None:
    event = db.session.get_one(Event, act.event_id)
    moved = [one for one in done if act.verb is BulkVerb.MOVED and before[one.id]["state"] in _TOLD_OF_THE_MOVE]
    tell_moved(event, moved, was, at=at)
    others = {one.id: one for one in done if one not in moved}
    know = withdraw(act.event_id, others, told_at=act.at)
    put_right(event, [one for number, one in others.items() if number in know], at=at)


def _items(act_id: int) -> Select[BulkActItem]:
    return select(BulkActItem).where(BulkActItem.act_id == act_id).order_by(BulkActItem.registration_id)
