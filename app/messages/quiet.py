"""The quiet hours, 21:00 to 08:00 in Shanghai: nothing leaves the house then but what cannot wait."""

from datetime import datetime, time, timedelta

from app.core.clock import SHANGHAI, local

MORNING, EVENING = time(8), time(21)


def leaves_at(at: datetime) -> datetime:
    """Return when something leaves that could leave now: now, or when the quiet hours are over."""
    here = local(at)
    if MORNING <= here.time() < EVENING:
        return at
    day = here.date() + timedelta(days=here.time() >= EVENING)
    return datetime.combine(day, MORNING, SHANGHAI).astimezone(at.tzinfo)
