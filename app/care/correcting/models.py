"""What guardians ask to have put right."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.people.consents.models import Guardian
from app.people.models import Person

_WAITS = text("decided_at IS NULL")


class DataCorrection(Base):
    """A guardian says how a child is called, or when it was born, or what else is wrong; whoever knows the child says
    whether that is so. What stays as it is, is empty."""

    __tablename__ = "data_corrections"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (is_done IS NULL)", name="decided"),
        CheckConstraint("is_done IS NULL OR is_done OR refused_why <> ''", name="refused_with_a_reason"),
        CheckConstraint("name <> '' OR born_on IS NOT NULL OR words <> ''", name="says_something"),
        Index("ix_data_corrections_waiting", "person_id", postgresql_where=_WAITS, sqlite_where=_WAITS),
        Index("ix_data_corrections_person_id", "person_id", "id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"))
    name: Mapped[str] = mapped_column(default="")
    born_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_done: Mapped[bool | None]
    refused_why: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    guardian: Mapped[Guardian] = relationship()
