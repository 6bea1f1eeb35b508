"""One act on several people: their parties whole, everything locked, and what each of them was before and after."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import insert, select

from app.core.changes import note_change
from app.core.db import db, table_of
from app.events.acts.whom import Party, Why
from app.events.models import (
    OPEN,
    PLACED,
    BulkAct,
    BulkActItem,
    BulkVerb,
    Event,
    Registration,
    RegistrationState,
    Slot,
)
from app.events.registration import places
from app.people.models import Person

MOST = 1000  # people in one act
_PLACE = table_of(Registration)
_KEPT = (
    "slot_id",
    "state",
    "line",
    "offer_id",
    "allotment_id",
    "held_until",
    "decided_at",
    "decided_by_id",
    "reason",
    "cancelled_at",
    "cancelled_by_id",
)
Snapshot = dict[str, Any]


class Batch:
    """The people of one act. Whoever comes with a party is in it too: a party is decided whole."""

    def __init__(self, event_id: int, registration_ids: Collection[int], *other_slots: int) -> None:
        self.event = db.session.get_one(Event, event_id)
        ids = whole_parties(event_id, registration_ids)
        found = db.session.scalars(select(_PLACE.c.slot_id).where(_PLACE.c.id.in_(ids)).distinct())
        self.slots: dict[int, Slot] = {one.id: one for one in places.lock_slots(sorted({*found, *other_slots}))}
        self._lines = _waiting_in(self.slots)
        self.before = snapshots({*ids, *self._lines})
        self.people = locked(ids)
        self.left: dict[int, Why] = {}
        self.leave((one for one in self.people if one.slot_id not in self.slots), Why.SINCE)  # moved by a colleague

    def parties(self) -> Iterator[tuple[Slot, Party]]:
        """Go through the parties, those who applied first coming first."""
        known = [one for one in self.people if one.slot_id in self.slots]
        for found in sorted(by_party(known), key=lambda party: (party[0].registered_at, party[0].id)):
            yield self.slots[found[0].slot_id], found

    def leave(self, party: Iterable[Registration], why: Why) -> None:
        """Leave people as they are."""
        self.left.update(dict.fromkeys((one.id for one in party), why))

    @property
    def done(self) -> list[Registration]:
        """The people to whom it was done."""
        return [one for one in self.people if one.id not in self.left]

    def close(self, verb: BulkVerb, key: str, *, by: int, at: datetime, **facts: object) -> BulkAct:
        """Write the act down, with what each registration it touched was before and is now."""
        db.session.flush()
        after = snapshots(self.before)
        queued = sum(one.state is RegistrationState.WAITING for one in self.done)
        told = {"people": len(self.done), "queued": queued, "left": by_reason(self.left), **facts}
        act = BulkAct(event_id=self.event.id, verb=verb, key=key, facts=told, by_id=by, at=at)
        db.session.add(act)
        db.session.flush()
        touched = [number for number, now in after.items() if now != self.before[number]]
        _write_items(act.id, {number: (self.before[number], after[number]) for number in touched})
        for one in self.done:
            note_change("registration", one.id, verb, by=by, at=at, **facts)
        if self.done:
            note_change("event", self.event.id, f"bulk_{verb}", by=by, at=at, people=len(self.done), **facts)
        return act


def act_called(key: str) -> BulkAct | None:
    """Return the act of a form that was sent before."""
    return db.session.scalar(select(BulkAct).where(BulkAct.key == key))


def snapshots(ids: Iterable[int]) -> dict[int, Snapshot]:
    """Return what registrations are now, as JSON; read anew."""
    columns = (_PLACE.c[name] for name in _KEPT)
    rows = db.session.execute(select(_PLACE.c.id, *columns).where(_PLACE.c.id.in_(list(ids))))
    return {number: dict(zip(_KEPT, map(_as_json, values), strict=True)) for number, *values in rows}


def restore(one: Registration, before: Snapshot, *, but: Collection[str]) -> None:
    """Let all columns of a registration but some be what they were."""
    for name in _KEPT:
        if name not in but:
            setattr(one, name, _from_json(name, before[name]))


def locked(ids: Collection[int]) -> Sequence[Registration]:
    """Return registrations that nobody else changes until this transaction ends, read anew, in id order."""
    statement = select(Registration).where(Registration.id.in_(list(ids))).order_by(Registration.id)
    locking = statement.with_for_update(key_share=True, of=Registration)
    return db.session.scalars(locking.execution_options(populate_existing=True)).all()


def names_of(ids: Collection[int]) -> list[str]:
    """Return the names of the people of some registrations, by name."""
    found = select(Person.name).join(Registration, Registration.person_id == Person.id)
    return list(db.session.scalars(found.where(Registration.id.in_(list(ids))).order_by(Person.name_pinyin, Person.id)))


def slots_of(ids: Collection[int]) -> set[int]:
    """Return the slots that some registrations are in."""
    return set(db.session.scalars(select(Registration.slot_id).where(Registration.id.in_(list(ids)))))


def by_party(people: Iterable[Registration]) -> list[Party]:
    """Return people in their parties; whoever comes alone is one."""

    def key(one: Registration) -> tuple[int, int, int, str]:
        standing = "placed" if one.state in PLACED else str(one.state)
        return one.slot_id, one.party_id or 0, 0 if one.party_id else one.id, standing

    return [list(party) for _key, party in groupby(sorted(people, key=key), key=key)]


def by_reason(left: dict[int, Why]) -> dict[str, list[int]]:
    """Return who was left, by the reason, as JSON."""
    found: dict[str, list[int]] = {}
    for number, why in left.items():
        found.setdefault(why, []).append(number)
    return found


def whole_parties(event_id: int, ids: Collection[int]) -> list[int]:
    """Return the ids that are of an event, with those of everybody who comes along."""
    of_event = select(Registration.id, Registration.party_id).join(Slot).where(Slot.event_id == event_id)
    asked = db.session.execute(of_event.where(Registration.id.in_(list(ids)[:MOST]))).all()
    parties = {row.party_id for row in asked if row.party_id}
    together = of_event.where(Registration.party_id.in_(parties), Registration.state.in_(OPEN))
    more = db.session.execute(together).all() if parties else []
    return sorted({row.id for row in (*asked, *more)})


def _waiting_in(slots: Collection[int]) -> list[int]:
    """Return who stands in line: whoever leaves may let them be offered a place."""
    theirs = _PLACE.c.slot_id.in_(list(slots))
    return list(db.session.scalars(select(_PLACE.c.id).where(theirs, _PLACE.c.state == RegistrationState.WAITING)))


def _write_items(act_id: int, touched: dict[int, tuple[Snapshot, Snapshot]]) -> None:
    rows = [
        {"act_id": act_id, "registration_id": number, "before": before, "after": after}
        for number, (before, after) in touched.items()
    ]
    if rows:
        db.session.execute(insert(BulkActItem), rows)


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _from_json(name: str, value: Any) -> Any:
    if name.endswith(("_at", "_until")) and value:
        return datetime.fromisoformat(value)
    return RegistrationState(value) if name == "state" else value
