"""What a unit settles for one trip."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

YOUTHS_PER_ADULT = 10


class Trip(Base):
    """What holds for the trip of a programme; one without such a row has these defaults."""

    __tablename__ = "trips"
    __table_args__ = (CheckConstraint("youths_per_adult BETWEEN 1 AND 50", name="youths_per_adult"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), unique=True)
    youths_per_adult: Mapped[int] = mapped_column(default=YOUTHS_PER_ADULT)  # at most so many minors for each adult
