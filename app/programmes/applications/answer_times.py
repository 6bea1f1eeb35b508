"""Until when a family answers: so that it can be read, talked over at home, and the teacher asked."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.core.clock import SHANGHAI, local, start_of_day
from app.core.db import db
from app.people.models import Enrolment
from app.programmes.models import Application, Programme

_EVENING = time(20)  # at home, and before the quiet hours
_SUNDAY = 6


def confirm_by(one: Application, programme: Programme, *, at: datetime) -> datetime:
    """Return 20:00 of the day so many days on; for whoever boards at school not before Sunday; never past the first day
    of the programme, unless it has begun."""
    day = local(at).date() + timedelta(days=programme.confirm_days)
    if _boards(one.person_id):
        day = max(day, local(at).date() + timedelta(days=(_SUNDAY - local(at).weekday()) or 7))
    wanted = datetime.combine(day, _EVENING, SHANGHAI).astimezone(at.tzinfo)
    begins = start_of_day(programme.starts_on)
    return min(wanted, begins) if at < begins else wanted


def _boards(person_id: int) -> bool:
    living_there = (Enrolment.person_id == person_id, Enrolment.ended_at.is_(None), Enrolment.boards)
    return db.session.scalar(select(Enrolment.id).where(*living_there).limit(1)) is not None
