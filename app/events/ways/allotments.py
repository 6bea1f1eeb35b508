"""Places set aside for some schools until a moment: a town far away has its share however late its families hear.

Whoever has a place already when a share is made keeps that place and does not use the share up: what was given is not
counted anew. Only pupils whom their school has confirmed take places of it, see `app.events.registration.allotted`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.events.models import Allotment, AllottedSchool, Event, Registration, Slot, WayIn
from app.events.registration import places
from app.events.ways.way_in_problems import (
    AllotmentBelowUsed,
    AllotmentInUse,
    AllotmentReleased,
    AllotmentTooLarge,
    NothingSetAsideInLottery,
    SchoolAllotted,
)
from app.organisations.models import Organisation

_EARLY = timedelta(days=3)  # before sign-up closes: time enough for others to take what is left


@dataclass(frozen=True)
class Share:
    """Places for the pupils of some schools: what people call it, how many, and until when."""

    name: str
    school_ids: tuple[int, ...]
    places: int
    release_at: datetime


def kept_places(slot: Slot) -> list[Allotment]:
    """Return the shares of a slot that still keep places, for its page."""
    if not slot.reserved:  # most slots: no statement for them
        return []
    still = (Allotment.slot_id == slot.id, Allotment.released_at.is_(None))
    return list(db.session.scalars(select(Allotment).where(*still).order_by(Allotment.id)))


def usual_release(slot: Slot, at: datetime) -> datetime:
    """Return when a share is released unless somebody says otherwise."""
    early = slot.closes_at - _EARLY
    return early if early > at else slot.closes_at


def allot(slot_id: int, share: Share, *, by: int, at: datetime) -> Allotment:
    """Set places aside. Raises `AllotmentTooLarge`, `NothingSetAsideInLottery`, `SchoolAllotted`."""
    slot = places.lock_slot(slot_id)
    if slot.way_in is WayIn.LOTTERY:
        raise NothingSetAsideInLottery
    if share.places > slot.free:
        raise AllotmentTooLarge(free=max(slot.free, 0))
    _check_schools(slot_id, share.school_ids)
    made = Allotment(slot_id=slot_id, name=share.name, places=share.places, release_at=share.release_at)
    made.schools = [AllottedSchool(slot_id=slot_id, school_id=school_id) for school_id in share.school_ids]
    db.session.add(made)
    slot.reserved += share.places
    note_change("slot", slot_id, "allotted", by=by, at=at, name=share.name, places=share.places)
    db.session.flush()
    places.serve(slot, at=at)  # some in line may belong to these schools
    return made


def change(allotment_id: int, share: Share, *, by: int, at: datetime) -> Allotment:
    """Change a share that is not released. Raises what `allot` raises, `AllotmentBelowUsed` and `AllotmentReleased`."""
    slot, allotment = _locked(allotment_id)
    if allotment.released_at:
        raise AllotmentReleased
    more = share.places - allotment.places
    if more > slot.free:
        raise AllotmentTooLarge(free=allotment.places + max(slot.free, 0))
    if share.places < allotment.used:
        raise AllotmentBelowUsed(used=allotment.used)
    _check_schools(slot.id, share.school_ids, beside=allotment_id)
    facts = {"name": share.name, "before": allotment.places, "places": share.places}
    note_change("slot", slot.id, "allotment_changed", by=by, at=at, **facts)
    slot.reserved += more
    allotment.name, allotment.places, allotment.release_at = share.name, share.places, share.release_at
    _set_schools(allotment, share.school_ids)
    db.session.flush()
    places.serve(slot, at=at)
    return allotment


def release(allotment_id: int, *, by: int | None, at: datetime) -> Allotment:
    """Let everybody have what is left of a share, those in line first; a second time changes nothing."""
    slot, allotment = _locked(allotment_id)
    if allotment.released_at is None:
        left = allotment.free
        slot.reserved -= left
        allotment.released_at = at
        note_change("slot", slot.id, "allotment_released", by=by, at=at, name=allotment.name, places=left)
        db.session.flush()
        places.serve(slot, at=at)
    return allotment


def remove(allotment_id: int, *, by: int, at: datetime) -> Slot:
    """Take a share back that nobody has used. Raises `AllotmentInUse`."""
    slot, allotment = _locked(allotment_id)
    if db.session.scalar(select(Registration.id).where(Registration.allotment_id == allotment_id).limit(1)):
        raise AllotmentInUse
    release(allotment_id, by=by, at=at)
    db.session.delete(allotment)
    note_change("slot", slot.id, "allotment_removed", by=by, at=at, name=allotment.name)
    return slot


def move(slot_id: int, by: timedelta) -> None:
    """Move the releases of a slot's shares with it."""
    still = (Allotment.slot_id == slot_id, Allotment.released_at.is_(None))
    for allotment in db.session.scalars(select(Allotment).where(*still)):
        allotment.release_at += by


def due(at: datetime) -> list[int]:
    """Return the shares whose moment has come."""
    known = (
        select(Allotment.id)
        .join(Slot, Slot.id == Allotment.slot_id)
        .join(Slot.event)
        .where(Allotment.released_at.is_(None), Allotment.release_at <= at, Slot.ends_at > at)
        .where(Event.cancelled_at.is_(None))
    )
    return list(db.session.scalars(known.order_by(Allotment.release_at, Allotment.id)))


def release_in_time(allotment_id: int, *, at: datetime) -> None:
    """Release a share if its moment has come still: staff may have put it off."""
    _slot, allotment = _locked(allotment_id)
    if allotment.release_at <= at:
        release(allotment_id, by=None, at=at)


def _locked(allotment_id: int) -> tuple[Slot, Allotment]:
    slot = places.lock_slot(db.session.get_one(Allotment, allotment_id).slot_id)
    allotment = db.session.get_one(Allotment, allotment_id, populate_existing=True)
    if allotment.slot_id != slot.id:  # the lead of a series was passed on meanwhile, with its shares
        slot = places.lock_slot(allotment.slot_id)
    return slot, allotment


def _check_schools(slot_id: int, school_ids: Collection[int], beside: int | None = None) -> None:
    """Raise `SchoolAllotted` for schools with another share of the slot."""
    taken = (
        select(Organisation.name)
        .join(AllottedSchool, AllottedSchool.school_id == Organisation.id)
        .where(AllottedSchool.slot_id == slot_id, AllottedSchool.school_id.in_(school_ids))
        .where(AllottedSchool.allotment_id != (beside or 0))
    )
    names = list(db.session.scalars(taken.order_by(Organisation.name)))
    if names:
        raise SchoolAllotted(schools="、".join(names))


def _set_schools(allotment: Allotment, school_ids: Collection[int]) -> None:
    kept = [one for one in allotment.schools if one.school_id in school_ids]
    new = set(school_ids) - {one.school_id for one in kept}
    added = [AllottedSchool(slot_id=allotment.slot_id, school_id=school_id) for school_id in sorted(new)]
    allotment.schools = [*kept, *added]
