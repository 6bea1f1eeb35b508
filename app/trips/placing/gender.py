"""By which rooms somebody goes whose gender nobody has entered."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.people.models import Gender
from app.programmes.planning import locked
from app.trips.models import TripMember
from app.trips.roster import roster_of
from app.trips.words import RECORD


def say_genders(programme_id: int, said: Mapping[str, str], *, by: int, at: datetime) -> int:
    """Write down, for this trip alone, by which rooms some go of whom it is not known; returns of how many.

    ``said`` is the gender by who it is. What a person or school entered is not touched.
    """
    programme = locked(programme_id)
    meant = [one for one in roster_of(programme).everybody if one.gender is None and one.who in said]
    for one in meant:
        gender = Gender(said[one.who])
        if one.adult:
            one.adult.gender = gender
        elif one.person:
            theirs = (TripMember.programme_id == programme_id, TripMember.person_id == one.person.id)
            row = db.session.scalar(select(TripMember).where(*theirs))
            row = row or TripMember(programme_id=programme_id, person_id=one.person.id, is_minor=one.is_minor)
            row.gender = gender
            db.session.add(row)
    if meant:
        note_change(RECORD, programme_id, "genders_said", by=by, at=at, count=len(meant))
    db.session.flush()
    return len(meant)
