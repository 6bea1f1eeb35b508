"""Which parts of a trip somebody may see, and what there is."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.core.access import Principal, Role
from app.core.db import db
from app.organisations.models import Membership
from app.programmes.models import Programme, Side
from app.trips.models import (
    YOUTHS_PER_ADULT,
    Trip,
    TripAdult,
    TripBus,
    TripGroup,
    TripPart,
    TripPlace,
    TripRoom,
    TripTask,
)

PLACES: dict[TripPart, type[TripPlace]] = {
    TripPart.GROUPS: TripGroup,
    TripPart.BUSES: TripBus,
    TripPart.ROOMS: TripRoom,
}


def tasks_run_by(principal: Principal) -> Select[TripTask]:
    """Return what is to be seen to before the trips of the hosts somebody works for."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    brought = joinedload(TripTask.programme), joinedload(TripTask.document)
    return select(TripTask).where(TripTask.programme_id.in_(select(Programme.id).where(own))).options(*brought)


def adults_run_by(principal: Principal) -> Select[TripAdult]:
    """Return the grown-ups of the trips of the hosts somebody works for."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    return select(TripAdult).where(TripAdult.programme_id.in_(select(Programme.id).where(own)))


def place_run_by(principal: Principal, part: TripPart, programme_id: int) -> Select[TripPlace]:
    """Return the groups, buses or rooms of a programme, if somebody works for its host."""
    own = Programme.host_id.in_(principal.units(Role.STAFF))
    place = PLACES[part]
    theirs = place.programme_id.in_(select(Programme.id).where(own, Programme.id == programme_id))
    return select(place).where(theirs)


def works_for_it(user_id: int | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Return whether an account works for the host or a unit of one of the sides of a `Programme` now; whoever does not
    any more leads nobody, and sees nothing."""
    sides = select(Side.organisation_id).where(Side.programme_id == Programme.id).correlate(Programme)
    unit = Membership.organisation_id
    works_there = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.ended_at.is_(None),
        or_(unit == Programme.host_id, unit.in_(sides)),
    )
    return works_there.correlate(Programme, TripAdult).exists()


def groups_of(programme_id: int) -> Sequence[TripGroup]:
    """Return the groups of a trip in the order in which they were made."""
    return db.session.scalars(
        select(TripGroup).where(TripGroup.programme_id == programme_id).order_by(TripGroup.id)
    ).all()


def buses_of(programme_id: int) -> Sequence[TripBus]:
    """Return the buses of a trip in the order in which they were made."""
    return db.session.scalars(select(TripBus).where(TripBus.programme_id == programme_id).order_by(TripBus.id)).all()


def rooms_of(programme_id: int) -> Sequence[TripRoom]:
    """Return the rooms of a trip in the order in which they were made."""
    return db.session.scalars(select(TripRoom).where(TripRoom.programme_id == programme_id).order_by(TripRoom.id)).all()


def places_of(part: TripPart, programme_id: int) -> Sequence[TripPlace]:
    """Return the groups, buses or rooms of a trip in the order in which they were made."""
    place = PLACES[part]
    return db.session.scalars(select(place).where(place.programme_id == programme_id).order_by(place.id)).all()


def youths_per_adult(programme_id: int) -> int:
    """Return for how many minors at most there is to be a grown-up."""
    settled = db.session.scalar(select(Trip.youths_per_adult).where(Trip.programme_id == programme_id))
    return YOUTHS_PER_ADULT if settled is None else settled
