"""The buses of a trip."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TripBus(Base):
    """A bus with seats for those who travel; its driver is not counted among them unless put into it."""

    __tablename__ = "trip_buses"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_buses_programme_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("seats BETWEEN 1 AND 100", name="seats"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    name: Mapped[str]
    plate: Mapped[str] = mapped_column(default="")
    seats: Mapped[int]
