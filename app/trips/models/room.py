"""The rooms of a trip with nights away."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.people.models import Gender
from app.trips.models.place import TripPlace


class TripRoom(TripPlace):
    """A room with beds: for girls or boys under 18, or for women or men of age; never for both."""

    __tablename__ = "trip_rooms"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_rooms_programme_id"),
        UniqueConstraint("id", "gender", "is_for_minors", name="uq_trip_rooms_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("beds BETWEEN 1 AND 100", name="beds"),
        CheckConstraint("gender IN ('female', 'male')", name="gender"),
    )

    beds: Mapped[int]
    gender: Mapped[Gender]
    is_for_minors: Mapped[bool]
