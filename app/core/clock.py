"""Moments are stored in UTC and lived in Asia/Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware, in UTC. Routes call it; operations are handed it as ``at``."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return the same moment as a wall clock in Shanghai shows it."""
    return moment.astimezone(SHANGHAI)


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment in Shanghai."""
    return local(moment).date()


def start_of_day(day: date) -> datetime:
    """Return the moment, in UTC, at which a day begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the first moment, in UTC, that no longer belongs to the day in Shanghai."""
    return start_of_day(day + timedelta(days=1))
