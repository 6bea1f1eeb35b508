"""The machine of places: who has one, who stands in line, and to whom a free one is offered.

``Slot.taken`` counts whoever is confirmed, held or offered a place. Whoever frees a place, or makes more of them, calls
`serve` in the same transaction, which offers them to the line. In an operation slots are locked first, in the order of
their ids, then registrations: two operations never wait for each other in a circle.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from app.core.db import db
from app.events.dates import series
from app.events.models import (
    TAKING,
    Allotment,
    Offer,
    Registration,
    RegistrationState,
    Slot,
)
from app.events.registration import allotted, consenting, offer_times
from app.events.registration.allotted import Allotments
from app.events.registration.telling import tell_offer

_CHUNK = 100  # larger than any party
Members = Sequence[Registration]  # of one party, or one person alone, in one slot


def lock_slots(slot_ids: Iterable[int]) -> list[Slot]:
    """Return slots as they are now, which nobody else changes until this transaction ends; in the order of ids."""
    found = select(Slot).where(Slot.id.in_(set(slot_ids))).order_by(Slot.id).with_for_update(key_share=True)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def lock_slot(slot_id: int) -> Slot:
    """Return one slot, locked. Raises `NoResultFound` when it was deleted."""
    return db.session.get_one(Slot, slot_id, with_for_update={"key_share": True}, populate_existing=True)


def members_of(registration: Registration) -> list[Registration]:
    """Return a registration with those of its party that have a place or may still get one, locked, by id."""
    if registration.party_id is None:
        return [registration] if registration.is_open else []
    theirs = select(Registration).where(Registration.party_id == registration.party_id).order_by(Registration.id)
    found = db.session.scalars(theirs.with_for_update(key_share=True).execution_options(populate_existing=True))
    return [one for one in found if one.is_open and one.slot_id == registration.slot_id]


def size(slot: Slot, members: Members) -> int:
    """Return how many places they need: one a head, companions too; one for all where groups are counted."""
    return 1 if slot.counts_groups else sum(1 + one.companions for one in members)


def seat(slot: Slot, members: Members, *, at: datetime) -> bool:
    """Give those of one party their places, if all fit; returns whether they have them now.

    Minors get theirs held until a guardian agrees. Who was in line leaves it; whoever waits is not asked: that is for
    the caller.
    """
    if not _take(slot, members, allotted.of(slot, members), at=at):
        return False
    for one in members:
        one.held_until = None
    weigh(slot, members, at=at)
    return True


def weigh(slot: Slot, members: Members, *, at: datetime) -> None:
    """Say what the places that people have are worth now: confirmed, or held until a guardian agrees."""
    consenting.weigh(slot, members, at=at)
    _follow(slot, members, at=at)


def vacate(slot: Slot, members: Members, *, at: datetime) -> None:
    """Take back what some of one party had, places (of a series on the later dates, too) or their stand in line; they
    are left as having applied."""
    _leave_line(slot, members)
    taking = [one for one in members if one.state in TAKING]
    if taking:
        _give_back(slot, taking)
    for one in members:
        one.state, one.allotment_id, one.held_until = RegistrationState.APPLIED, None, None
    consenting.release(members)
    _follow(slot, members, at=at)


def end(
    slot: Slot, members: Members, state: RegistrationState, *, by: int | None, at: datetime, reason: str = ""
) -> None:
    """End registrations of one party as cancelled, refused or lapsed, with all that they had."""
    vacate(slot, members, at=at)
    for one in members:
        one.state, one.cancelled_at, one.cancelled_by_id, one.reason = state, at, by, reason
    db.session.flush()


def queue_up(slot: Slot, members: Members) -> None:
    """Put those of one party at the end of the line."""
    slot.last_in_line += 1
    slot.waiting += 1
    for one in members:
        one.state, one.line = RegistrationState.WAITING, slot.last_in_line
    db.session.flush()


def serve(slot: Slot, *, at: datetime, present: int | None = None) -> list[Offer]:
    """Offer what is free to the line, its head first; returns the offers.

    Nobody passes a party that does not fit, but smaller ones where the slot's skip rule says so; and pupils of a school
    with places of its own do not wait for those who may not have these. Whoever stands at ``present`` in line is here
    just now and gets the place itself.
    """
    if not slot.waiting or (slot.free <= 0 and not slot.reserved):
        return []  # before anything is read: when sign-up opens, hundreds come to a full slot in one second
    if at >= slot.starts_at or slot.event.is_cancelled:
        return []
    made: list[Offer] = []
    pools = allotted.of_line(slot)
    blocked: set[int | None] = set()
    for members in _line(slot):
        line = members[0].line  # whoever takes a place has left it
        pool = pools.get(line)
        if not _has_room(slot, pools, blocked):
            break
        if not _may_take(slot, members, pool, blocked, at=at):
            blocked |= set() if slot.smaller_may_pass else {None, pool.id if pool else None}
        elif line == present:
            weigh(slot, members, at=at)
        else:
            made.append(_offer(slot, members, at=at))
    return made


def _line(slot: Slot) -> Iterator[Members]:
    """Yield the parties in line, its head first; a long line is not read to its end when its head gets nothing."""
    waiting = (
        select(Registration)
        .where(Registration.slot_id == slot.id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.line, Registration.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    last = 0
    while True:
        found = db.session.scalars(waiting.where(Registration.line > last).limit(_CHUNK)).all()
        parties = [list(members) for _number, members in groupby(found, key=lambda one: one.line)]
        if len(found) == _CHUNK and len(parties) > 1:
            parties.pop()  # may go on beyond the chunk
        for members in parties:
            last = members[0].line or 0
            yield members
        if len(found) < _CHUNK:
            return


def _has_room(slot: Slot, pools: Allotments, blocked: set[int | None]) -> bool:
    own = any(pool.free > 0 and pool.id not in blocked for pool in pools.values())
    return own or (slot.free > 0 and None not in blocked)


def _may_take(slot: Slot, members: Members, pool: Allotment | None, blocked: set[int | None], *, at: datetime) -> bool:
    """Take the places out of those that nobody ahead waits for, if they fit."""
    need = size(slot, members)
    if pool and pool.id not in blocked and pool.free >= need:
        return _take(slot, members, pool, at=at)
    return None not in blocked and slot.free >= need and _take(slot, members, None, at=at)


def _take(slot: Slot, members: Members, pool: Allotment | None, *, at: datetime) -> bool:
    need = size(slot, members)
    if slot.counts_groups and _has_seated_others(slot, members):
        need = 0
    if pool and pool.free >= need:
        pool.used += need
        slot.reserved -= need
    elif slot.free >= need:
        pool = None
    else:
        return False
    _leave_line(slot, members)
    slot.taken += need
    for one in members:
        one.allotment_id = pool.id if pool else None
    return True


def _give_back(slot: Slot, members: Members) -> None:
    need = size(slot, members)
    if slot.counts_groups and _has_seated_others(slot, members):
        need = 0
    slot.taken -= need
    if members[0].allotment_id:
        pool = db.session.get_one(Allotment, members[0].allotment_id)
        pool.used -= need
        slot.reserved += 0 if pool.released_at else need


def _has_seated_others(slot: Slot, members: Members) -> bool:
    """Return whether others of their group have the group's one place."""
    party_id = members[0].party_id
    if party_id is None:
        return False
    others = select(Registration.id).where(
        Registration.party_id == party_id,
        Registration.slot_id == slot.id,
        Registration.state.in_(TAKING),
        Registration.id.not_in([one.id for one in members]),
    )
    return db.session.scalar(others.limit(1)) is not None


def _leave_line(slot: Slot, members: Members) -> None:
    for line in {one.line for one in members if one.line is not None}:
        stays = select(Registration.id).where(
            Registration.slot_id == slot.id,
            Registration.state == RegistrationState.WAITING,
            Registration.line == line,
            Registration.id.not_in([one.id for one in members]),
        )
        slot.waiting -= db.session.scalar(stays.limit(1)) is None
    for one in members:
        if one.line is not None:
            one.state, one.line = RegistrationState.APPLIED, None


def _follow(slot: Slot, members: Members, *, at: datetime) -> None:
    """Write down what was changed; a place in the date that leads a series is one in all the later ones."""
    db.session.flush()
    if slot.leads:
        series.follow([one.id for one in members], at=at)


def _offer(slot: Slot, members: Members, *, at: datetime) -> Offer:
    lapses_at = offer_times.lapses_at(slot, at=at, boards=offer_times.anybody_boards(members))
    offer = Offer(slot_id=slot.id, made_at=at, lapses_at=lapses_at)
    db.session.add(offer)
    db.session.flush()
    for one in members:
        one.state, one.offer_id = RegistrationState.OFFERED, offer.id
    db.session.flush()
    tell_offer(slot, members, offer, at=at)
    return offer
