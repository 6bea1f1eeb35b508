"""The lead of a class series goes from a date that has begun to the next one, with everybody who still waits."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from app.core.db import db
from app.events.dates.series import count_taken, lock_dates
from app.events.models import (
    OPEN,
    PENDING,
    Allotment,
    AllottedSchool,
    InvitationLink,
    Offer,
    Party,
    Registration,
    Slot,
)
from app.events.registration import places

_OF_THE_SERIES = ("reserved", "waiting", "last_in_line", "drawn_at", "draw_seed")
_MOVED = ("reserved", "waiting")  # a date that is over has none


def leads_that_began(at: datetime) -> list[int]:
    """Return the leading slots that have begun and have dates to come."""
    follower = aliased(Slot)
    to_come = select(follower.id).where(follower.leads_id == Slot.id, follower.starts_at > at).exists()
    began = select(Slot.id).where(Slot.leads_id == Slot.id, Slot.starts_at <= at, to_come)
    return list(db.session.scalars(began.order_by(Slot.id)))


def pass_on(slot_id: int, *, at: datetime) -> int | None:
    """Let the next date lead; returns its id, None where nothing is to be done any more."""
    dates = lock_dates(slot_id)
    lead = next((one for one in dates if one.leads and one.starts_at <= at), None)
    to_come = sorted((one for one in dates if one.starts_at > at), key=lambda one: (one.starts_at, one.id))
    if lead is None or not to_come:
        return None
    heir = to_come[0]
    for one in dates:
        one.leads_id = heir.id if one in to_come else None
    db.session.flush()
    _move_people(lead, heir)
    _move_ways_in(lead, heir)
    heir.capacity = max(heir.capacity, heir.taken + lead.reserved)  # as in `count_taken`
    for name in _OF_THE_SERIES:
        setattr(heir, name, getattr(lead, name))
    for name in _MOVED:
        setattr(lead, name, 0)
    count_taken([lead, heir])
    places.serve(heir, at=at)  # of a date that has begun nothing is offered; of the next one it is
    return heir.id


def _move_people(lead: Slot, heir: Slot) -> None:
    """Move whoever waits, and what places in the leading date remember for the whole series."""
    _hand_over(lead, heir, ("held_until", "allotment_id"))
    here = select(Registration.person_id).where(Registration.slot_id == heir.id, Registration.state.in_(OPEN))
    moving = select(Registration.id, Registration.party_id).where(
        Registration.slot_id == lead.id, Registration.state.in_(PENDING), Registration.person_id.not_in(here)
    )
    found = db.session.execute(moving).all()
    _run(update(Party).where(Party.id.in_({row.party_id for row in found})).values(slot_id=heir.id))
    _run(update(Registration).where(Registration.id.in_([row.id for row in found])).values(slot_id=heir.id))


def _hand_over(lead: Slot, heir: Slot, names: Collection[str]) -> None:
    first = aliased(Registration)
    was = first.slot_id == lead.id, func.coalesce(first.series_of_id, first.id) == Registration.series_of_id
    told = {name: select(getattr(first, name)).where(*was).scalar_subquery() for name in names}
    follows = Registration.series_of_id.is_not(None)
    _run(update(Registration).where(Registration.slot_id == heir.id, follows).values(told))
    settled = Registration.slot_id == lead.id, Registration.state.not_in(PENDING)
    _run(update(Registration).where(*settled).values(dict.fromkeys(names)))


def _move_ways_in(lead: Slot, heir: Slot) -> None:
    for table in (Allotment, AllottedSchool, InvitationLink):
        _run(update(table).where(table.slot_id == lead.id).values(slot_id=heir.id))
    _run(update(Offer).where(Offer.slot_id == lead.id, Offer.answered_at.is_(None)).values(slot_id=heir.id))


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
