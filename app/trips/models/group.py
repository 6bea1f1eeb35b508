"""The groups of a trip."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TripGroup(Base):
    """Some who are led together by one or several grown-ups (`TripAdult.group_id`)."""

    __tablename__ = "trip_groups"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_groups_programme_id"),
        CheckConstraint("name <> ''", name="name"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    name: Mapped[str]
