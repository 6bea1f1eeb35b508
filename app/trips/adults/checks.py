"""Whether the record of offences of a grown-up was looked up (未成年人保护法 62: when taken on, and every year)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.people.ages import birthday
from app.trips.models import TripAdult


class CheckState(StrEnum):
    """How it stands with a grown-up's check on the first day of the trip."""

    FINE = "fine"
    OLD = "old"  # by then a year has passed
    MISSING = "missing"


def check_state(adult: TripAdult, first_day: date) -> CheckState:
    """Return how it stands with somebody's check."""
    if adult.checked_on is None:
        return CheckState.MISSING
    return CheckState.OLD if birthday(adult.checked_on, 1) <= first_day else CheckState.FINE


def unchecked(adults: Iterable[TripAdult], first_day: date) -> list[TripAdult]:
    """Return those whose record is still to be looked up, or once more."""
    return [one for one in adults if check_state(one, first_day) is not CheckState.FINE]
