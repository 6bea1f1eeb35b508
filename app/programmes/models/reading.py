"""Two readers who score applications blind, where a host has switched that on for a programme."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base
from app.programmes.models.application import Application
from app.programmes.models.programme import Programme


class Reading(Base):
    """How the applications for a programme are read: by whom, by what, and how far apart two may be before a third is
    asked.

    ``tolerance`` is in points of 100. Without a row a programme is decided on without readers. ``shows_school`` lets
    readers see school and class; the name never.
    """

    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint("first_id <> second_id", name="two_readers"),
        CheckConstraint("third_id <> first_id AND third_id <> second_id", name="a_third_reader"),
        CheckConstraint("tolerance BETWEEN 0 AND 100", name="tolerance"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), unique=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    third_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    tolerance: Mapped[int]
    shows_school: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    programme: Mapped[Programme] = relationship()
    first: Mapped[User] = relationship(foreign_keys=[first_id])
    second: Mapped[User] = relationship(foreign_keys=[second_id])
    third: Mapped[User | None] = relationship(foreign_keys=[third_id])
    criteria: Mapped[list["Criterion"]] = relationship(order_by="Criterion.position", cascade="all, delete-orphan")

    @property
    def readers(self) -> tuple[int, ...]:
        """Who reads; the third only where two are too far apart."""
        return tuple(one for one in (self.first_id, self.second_id, self.third_id) if one)


class Criterion(Base):
    """By what an application is scored, from 0 to 10, and how much it counts beside the others."""

    __tablename__ = "reading_criteria"
    __table_args__ = (
        UniqueConstraint("reading_id", "position", name="uq_reading_criteria_reading_id"),
        CheckConstraint("weight BETWEEN 1 AND 10", name="weight"),
    )

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str]
    weight: Mapped[int]


class ReaderScore(Base):
    """What one reader gave an application: ``marks`` by the criterion's number, ``total`` in tenths of 100 points."""

    __tablename__ = "reader_scores"
    __table_args__ = (
        UniqueConstraint("application_id", "reader_id", name="uq_reader_scores_application_id"),
        CheckConstraint("total BETWEEN 0 AND 1000", name="total"),
        Index("ix_reader_scores_reading_id", "reading_id", "application_id"),
        Index("ix_reader_scores_reader_id", "reader_id"),
    )

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    total: Mapped[int]
    at: Mapped[datetime]

    application: Mapped[Application] = relationship()
