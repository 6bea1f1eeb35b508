"""What was moved on a trip, so that it can be taken back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TripPart(StrEnum):
    """What somebody is put into."""

    GROUPS = "groups"
    BUSES = "buses"
    ROOMS = "rooms"


class TripStep(Base):
    """Some people were put somewhere else at once: ``moves`` are ``[who, from, to]``. Who is ``"p12"``, the number of a
    person who takes part, or ``"a3"``, that of a `TripAdult`; from and to are groups, buses or rooms, or none.
    """

    __tablename__ = "trip_steps"
    __table_args__ = (
        CheckConstraint("part IN ('groups', 'buses', 'rooms')", name="part"),
        Index("ix_trip_steps_programme_id", "programme_id", "part", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    part: Mapped[TripPart]
    moves: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
