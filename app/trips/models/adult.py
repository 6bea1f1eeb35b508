"""The grown-ups of a trip who look after the others."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import unique_where
from app.programmes.models import Programme, Side
from app.trips.models.travelling import Travelling, rules_of_rooms


class AdultRole(StrEnum):
    """What a grown-up does on the trip; one may do several things."""

    LEADER = "leader"  # 领队
    TEACHER = "teacher"  # 带队老师
    NIGHT = "night"  # 夜间值守
    DOCTOR = "doctor"  # 校医
    DRIVER = "driver"  # 司机
    OTHER = "other"


class TripAdult(Travelling):
    """Somebody who looks after others on the trip: an account of a side's staff, or somebody known by name.

    ``roles`` are `AdultRole` words, each between spaces. ``checked_on`` is the day on which the record of offences was
    looked up (违法犯罪记录查询), ``checked_by`` who did it. Whoever has an account sees the own group's page.
    """

    __tablename__ = "trip_adults"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("(checked_on IS NULL) = (checked_by = '')", name="checked_by_somebody"),
        CheckConstraint("NOT is_minor", name="grown_up"),
        unique_where("uq_trip_adults_user", "programme_id", "user_id", where="user_id IS NOT NULL"),
        Index("ix_trip_adults_programme_id", "programme_id", "id"),
        Index("ix_trip_adults_user_id", "user_id"),
        Index("ix_trip_adults_side_id", "side_id"),
        *rules_of_rooms("trip_adults"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    side_id: Mapped[int | None] = mapped_column(ForeignKey("sides.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    roles: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    programme: Mapped[Programme] = relationship()
    side: Mapped[Side | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])

    @property
    def duties(self) -> list[AdultRole]:
        """What somebody does on the trip, in the order of the list."""
        held = self.roles.split()
        return [role for role in AdultRole if role in held]
