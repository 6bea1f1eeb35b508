"""The rooms of a trip with nights away."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.people.models import Gender


class TripRoom(Base):
    """A room with beds: for girls or boys under 18, or for women or men of age; never for both."""

    __tablename__ = "trip_rooms"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_rooms_programme_id"),
        UniqueConstraint("id", "gender", "is_for_minors", name="uq_trip_rooms_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("beds BETWEEN 1 AND 100", name="beds"),
        CheckConstraint("gender IN ('female', 'male')", name="gender"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    name: Mapped[str]
    beds: Mapped[int]
    gender: Mapped[Gender]
    is_for_minors: Mapped[bool]
