"""What is settled for a trip: for how many young people there is to be a grown-up."""

from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.programmes.hooks import when_copied
from app.programmes.models import Programme
from app.programmes.planning import locked
from app.trips import queries
from app.trips.models import YOUTHS_PER_ADULT, Trip
from app.trips.words import RECORD


def settle_ratio(programme_id: int, youths_per_adult: int, *, by: int, at: datetime) -> Trip:
    """Say for how many minors at most there is to be a grown-up; the same again changes nothing."""
    locked(programme_id)
    trip = db.session.scalar(select(Trip).where(Trip.programme_id == programme_id))
    if trip is None:
        trip = Trip(programme_id=programme_id)
        db.session.add(trip)
    if trip.youths_per_adult != youths_per_adult:
        trip.youths_per_adult = youths_per_adult
        note_change(RECORD, programme_id, "ratio_set", by=by, at=at, youths=youths_per_adult)
    db.session.flush()
    return trip


@when_copied
def copy_ratio(original: Programme, copy: Programme, by: int, at: datetime) -> None:
    """Settle the same for a copy; where it is the usual number there is nothing to settle."""
    settled = queries.youths_per_adult(original.id)
    if settled != YOUTHS_PER_ADULT:
        settle_ratio(copy.id, settled, by=by, at=at)
