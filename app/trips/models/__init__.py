"""What a trip is made of; each row belongs to a programme and goes with it."""

from app.trips.models.adult import AdultRole, TripAdult
from app.trips.models.bus import TripBus
from app.trips.models.group import TripGroup
from app.trips.models.member import TripMember
from app.trips.models.place import TripPlace
from app.trips.models.room import TripRoom
from app.trips.models.step import TripPart, TripStep
from app.trips.models.task import TaskKind, TripTask
from app.trips.models.trip import YOUTHS_PER_ADULT, Trip

__all__ = [
    "YOUTHS_PER_ADULT",
    "AdultRole",
    "TaskKind",
    "Trip",
    "TripAdult",
    "TripBus",
    "TripGroup",
    "TripMember",
    "TripPart",
    "TripPlace",
    "TripRoom",
    "TripStep",
    "TripTask",
]
