"""What pages show that no single part knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, tuple_

from app.certificates.models import Certificate
from app.checkin.queries import arrived_in
from app.core.db import db
from app.core.paging import Key
from app.events.models import OPEN, OVER, Registration, RegistrationState, Slot, WayIn

OLDER = 20


@dataclass(frozen=True)
class Numbers:
    """An event in numbers of people; ``undecided`` are those who wait for its host's yes or no, not for a draw."""

    taken: int
    capacity: int
    held: int
    undecided: int
    arrived: int
    certified: int


def numbers(event_id: int) -> Numbers:
    """Return the numbers of an event, in one statement."""
    slots = select(func.coalesce(func.sum(Slot.taken), 0), func.coalesce(func.sum(Slot.capacity), 0)).where(
        Slot.event_id == event_id
    )
    people = select(func.count(Registration.id)).join(Registration.slot).where(Slot.event_id == event_id)
    held = people.where(Registration.state == RegistrationState.HELD)
    undecided = people.where(Registration.state == RegistrationState.APPLIED, Slot.way_in == WayIn.APPROVAL)
    certified = select(func.count(Certificate.id)).where(
        Certificate.event_id == event_id, Certificate.revoked_at.is_(None)
    )
    others = [held.scalar_subquery(), undecided.scalar_subquery(), arrived_in(event_id), certified.scalar_subquery()]
    return Numbers(*db.session.execute(slots.add_columns(*others)).one())


def to_come(user_registrations: Select[Registration], at: datetime) -> list[Registration]:
    """Return an account's places in what is on or to come, the next first."""
    mine = user_registrations.where(Slot.ends_at > at, Registration.state.in_(OPEN))
    return list(db.session.scalars(mine.order_by(Slot.starts_at, Registration.id)))


def next_of_each(ahead: Sequence[Registration]) -> tuple[list[Registration], dict[int, list[Registration]]]:
    """Return the places to come, of a series only the next date; and by that one's id all its later dates."""
    series: dict[int, list[Registration]] = {}
    for one in ahead:
        series.setdefault(one.series_of_id or one.id, []).append(one)
    return [dates[0] for dates in series.values()], {dates[0].id: dates[1:] for dates in series.values()}


def offered_to(ahead: Sequence[Registration]) -> list[Registration]:
    """Return those of an account's places that wait for its answer, of a party one, the next to begin on top."""
    parties = {one.party_id or -one.id: one for one in reversed(ahead) if one.state is RegistrationState.OFFERED}
    return sorted(parties.values(), key=lambda one: one.slot.starts_at)


def over(user_registrations: Select[Registration], at: datetime, before: Key | None) -> list[Registration]:
    """Return a page of an account's places that are over or given back, the latest first; one more than `OLDER` if
    there is more. ``before`` is the key of the last one of the page before."""
    given_back = Registration.state.in_(OVER) & Registration.series_of_id.is_(None)  # of a series once is enough
    mine = user_registrations.where((Slot.ends_at <= at) | given_back)
    if before:
        mine = mine.where(tuple_(Slot.starts_at, Registration.id) < before)
    return list(db.session.scalars(mine.order_by(Slot.starts_at.desc(), Registration.id.desc()).limit(OLDER + 1)))
