"""Slots that were set up together: as one step that can be undone, or as one series."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class SlotBatch(Base):
    """Slots set up together. Of a series one signs up for all of them at once.

    ``key`` is that of the form: sent twice, it is one batch.
    """

    __tablename__ = "slot_batches"
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    is_series: Mapped[bool]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
