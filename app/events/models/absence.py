"""Who was expected and did not come."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.events.models.registration import Registration
from app.people.models import Person


class AbsenceKind(StrEnum):
    """Whether somebody said so before (请假), or just did not come."""

    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class Absence(Base):
    """A place that its person did not use.

    ``missed_at`` is when the slot began. ``by_id`` is None for what the system noticed the day after. Of an unexcused
    one the person may say why afterwards (``pleaded_at``), and staff may forgive it: then it counts no more.
    """

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("kind IN ('excused', 'unexcused')", name="kind"),
        CheckConstraint("kind <> 'excused' OR reason <> ''", name="excused_with_a_reason"),
        CheckConstraint("forgiven_at IS NULL OR kind = 'unexcused'", name="forgiven"),
        CheckConstraint("(forgiven_at IS NULL) = (forgiven_by_id IS NULL)", name="forgiven_by_somebody"),
        Index("ix_absences_host_id", "host_id", "id"),
        Index("ix_absences_person_id", "person_id", "missed_at"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    missed_at: Mapped[datetime]
    kind: Mapped[AbsenceKind]
    reason: Mapped[str] = mapped_column(default="")  # in the person's own words
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    pleaded_at: Mapped[datetime | None]
    forgiven_at: Mapped[datetime | None]
    forgiven_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    forgiven_why: Mapped[str] = mapped_column(default="")

    registration: Mapped[Registration] = relationship()
    person: Mapped[Person] = relationship()
