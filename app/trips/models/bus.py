"""The buses of a trip."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.trips.models.place import TripPlace


class TripBus(TripPlace):
    """A bus with seats for those who travel; its driver is not counted among them unless put into it."""

    __tablename__ = "trip_buses"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_buses_programme_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("seats BETWEEN 1 AND 100", name="seats"),
    )

    plate: Mapped[str] = mapped_column(default="")
    seats: Mapped[int]
