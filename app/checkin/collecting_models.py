"""接领: who took a child home, said by staff."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.events.models import Registration
from app.people.consents.collectors import Collector


class CollectedBy(StrEnum):
    """With whom a child left."""

    GUARDIAN = "guardian"
    NAMED = "named"  # 指定人: entered by a guardian beforehand
    ALONE = "alone"  # only if a guardian allowed it


class Collection(Base):
    """A child under 14 left an event: with whom, when, and who of the staff saw it. Taken back, it stays as a row."""

    __tablename__ = "collections"
    __table_args__ = (
        CheckConstraint("how IN ('guardian', 'named', 'alone')", name="how"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        unique_where("uq_collections_open", "registration_id", where="undone_at IS NULL"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    how: Mapped[CollectedBy]
    collector_id: Mapped[int | None] = mapped_column(ForeignKey("collectors.id", ondelete="SET NULL"))
    collected_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    registration: Mapped[Registration] = relationship()
    collector: Mapped[Collector | None] = relationship()
