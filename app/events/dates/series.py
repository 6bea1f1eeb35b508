"""Class series: one sign-up for all dates (见 DOMAIN: weekly classes over a term).

The next date to come leads: its places, line, offers and decisions are those of the series. Whoever has a place in it
has one on every later date too, its `Registration` there says of which first one it is (``series_of_id``). When the
leading date begins it passes the lead on to the next, so whoever joins or leaves in the middle of a term does so for
the dates to come, and what was stays as it was.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import case, distinct, func, insert, or_, select, update

from app.core.codes import new_code
from app.core.db import db
from app.events.models import OPEN, PLACED, TAKING, Registration, RegistrationState, Slot, Source
from app.events.registration.scopes import keep_term

_COPIED = (
    "person_id",
    "fourteen_on",
    "registered_on",
    "registered_at",
    "registered_by_id",
    "state",
    "school_id",
    "class_name",
    "party_id",
    "companions",
    "consent_id",
    "consent_scope",
    "consent_proven",
)
_CONSENT = _COPIED[-3:]
Worth = tuple[str, int, str, bool]


def follow(lead_registration_ids: Collection[int], *, at: datetime) -> None:
    """Bring the dates to come in line with registrations of a leading slot: a place there is a place everywhere.

    To be run under the lock of the leading slot whenever places of it were given or taken back. Those of other slots
    are left alone; a second time changes nothing.
    """
    db.session.flush()
    found = (
        select(Registration)
        .join(Registration.slot)
        .where(Registration.id.in_(lead_registration_ids), Slot.leads_id == Slot.id)
        .order_by(Registration.slot_id, Registration.id)
    )
    for slot_id, of_slot in groupby(db.session.scalars(found).all(), key=lambda one: one.slot_id):
        dates = [one for one in lock_dates(slot_id) if one.follows and one.starts_at > at]
        if dates:
            _bring_in_line(list(of_slot), dates, at)


def follow_first(slots: Sequence[Slot]) -> None:
    """Let the first of some slots, which have ids already, lead the others."""
    _lead(slots, min(slots, key=_by_time))
    for one in slots:
        keep_term(one, one.event)
    db.session.flush()


def lock_dates(lead_id: int) -> list[Slot]:
    """Return the slots of a series from its lead on, as they are now, locked; in the order of their ids."""
    theirs = select(Slot).where(Slot.leads_id == lead_id).order_by(Slot.id).with_for_update(key_share=True)
    return list(db.session.scalars(theirs.execution_options(populate_existing=True)))


def place_in(registration: Registration) -> Registration | None:
    """Return the registration that leads: the one by which its person leaves the whole series; None if there is none.

    Of a date that leads, or that is no part of a series, it is the registration itself.
    """
    slot = registration.slot
    if not slot.follows:
        return registration
    first = registration.series_of_id
    theirs = (Registration.slot_id == slot.leads_id, or_(Registration.series_of_id == first, Registration.id == first))
    return db.session.scalar(select(Registration).where(*theirs).limit(1))


def share_capacity(slot: Slot) -> None:
    """Let all dates of a series have as many places as its lead, whichever was changed; to be run after that."""
    if slot.leads_id is None:
        return
    dates = lock_dates(slot.leads_id)
    lead = next(one for one in dates if one.leads)
    for one in dates:
        one.capacity = max(lead.capacity, one.taken)
    db.session.flush()


def let_go(slot: Slot) -> None:
    """Let the next date lead a series whose first one is being deleted; nobody has signed up for it."""
    if slot.leads:
        dates = [one for one in lock_dates(slot.id) if one.id != slot.id]
        _lead(dates, min(dates, key=_by_time, default=None))
        slot.leads_id = None
        db.session.flush()


def count_taken(dates: Iterable[Slot]) -> None:
    """Make ``taken`` of slots what their registrations say."""
    slots = {one.id: one for one in dates}
    heads, parties, singles = (
        func.sum(1 + Registration.companions),
        func.count(distinct(Registration.party_id)),
        func.sum(case((Registration.party_id.is_(None), 1), else_=0)),
    )
    counted = (
        select(Registration.slot_id, heads, parties, singles)
        .where(Registration.slot_id.in_(slots), Registration.state.in_(TAKING))
        .group_by(Registration.slot_id)
    )
    numbers = {slot_id: counts for slot_id, *counts in db.session.execute(counted)}
    for slot in slots.values():
        people, groups, alone = numbers.get(slot.id, (0, 0, 0))
        slot.taken = groups + alone if slot.counts_groups else people
        slot.capacity = max(slot.capacity, slot.taken + slot.reserved)  # staff may have let somebody in for one date
    db.session.flush()


def _lead(dates: Iterable[Slot], lead: Slot | None) -> None:
    for one in dates:
        one.leads_id = lead.id if lead else None


def _by_time(slot: Slot) -> tuple[datetime, int]:
    return slot.starts_at, slot.id


def _bring_in_line(leads: Sequence[Registration], dates: Sequence[Slot], at: datetime) -> None:
    ids = [one.id for one in dates]
    for worth, alike in groupby(sorted(leads, key=_worth), key=_worth):
        _change([_series(one) for one in alike], ids, worth, at)
    placed = [one for one in leads if one.state in PLACED]
    _insert(placed, ids)
    count_taken(dates)


def _worth(lead: Registration) -> Worth:
    """Return what those that follow are to be, and which consent they lean on: that of the lead."""
    if lead.state not in PLACED:
        return RegistrationState.CANCELLED, 0, "", False
    return lead.state, lead.consent_id or 0, lead.consent_scope or "", bool(lead.consent_proven)


def _series(lead: Registration) -> int:
    return lead.series_of_id or lead.id


def _change(series: list[int], slot_ids: list[int], worth: Worth, at: datetime) -> None:
    state, consent_id = RegistrationState(worth[0]), worth[1] or None
    is_over = state is RegistrationState.CANCELLED
    leans_otherwise = Registration.consent_id.is_distinct_from(consent_id)
    changed = or_(Registration.state != state, leans_otherwise)
    here = Registration.state.in_(PLACED) | Registration.cancelled_by_id.is_(None)  # staff took the others off
    others = Registration.state.in_(PLACED) if is_over else changed & here
    theirs = (Registration.series_of_id.in_(series), Registration.slot_id.in_(slot_ids))
    values: dict[str, Any] = {"state": state, "cancelled_at": at if is_over else None, "cancelled_by_id": None}
    values |= dict(zip(_CONSENT, worth[1:] if consent_id else (None, None, None), strict=True))
    statement = update(Registration).where(*theirs, others).values(values)
    db.session.execute(statement.execution_options(synchronize_session="fetch"))


def _insert(leads: Sequence[Registration], slot_ids: list[int]) -> None:
    """Add those who are missing on some dates; whoever staff let in for one of these is there already."""
    of_the_series = Registration.series_of_id.in_([_series(one) for one in leads])
    let_in = Registration.person_id.in_([one.person_id for one in leads]) & Registration.state.in_(OPEN)
    known = select(Registration.series_of_id, Registration.person_id, Registration.slot_id)
    found = db.session.execute(known.where(Registration.slot_id.in_(slot_ids), of_the_series | let_in)).all()
    there = {(series, slot_id) for series, _person, slot_id in found}
    people = {(person_id, slot_id) for series, person_id, slot_id in found if series is None}
    rows = [
        _row(lead, slot_id)
        for lead in leads
        for slot_id in slot_ids
        if (_series(lead), slot_id) not in there and (lead.person_id, slot_id) not in people
    ]
    if rows:
        db.session.execute(insert(Registration), rows)


def _row(lead: Registration, slot_id: int) -> dict[str, Any]:
    copied = {name: getattr(lead, name) for name in _COPIED}
    return copied | {
        "slot_id": slot_id,
        "series_of_id": _series(lead),
        "source": Source.SERIES,
        "code": new_code(),
    }
