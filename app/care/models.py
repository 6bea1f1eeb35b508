"""What is remembered of erasing people, and of letting go of what is old."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.people.models import Person


class Erasure(Base):
    """Somebody asked to have a person's data erased, and what became of it. Decided until ``due_at``.

    ``asked_by_id`` is None where a guardian asked on the private page, and for people nobody has heard of for years.
    Once carried out, ``mark`` tells the person apart from whoever has the same number in a restored database.
    """

    __tablename__ = "erasures"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (is_granted IS NULL)", name="decided"),
        CheckConstraint("erased_at IS NULL OR is_granted", name="granted_before"),
        CheckConstraint("is_granted IS NULL OR is_granted OR refused_why <> ''", name="refused_with_a_reason"),
        unique_where("uq_erasures_open", "person_id", where="decided_at IS NULL"),
        Index("ix_erasures_decided_at", "decided_at", "id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_granted: Mapped[bool | None]
    refused_why: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]
    mark: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class Keeping(StrEnum):
    """What is let go of by itself after some time."""

    MESSAGES = "messages"
    CHANGES = "changes"
    ACCESS = "access"
    SESSIONS = "sessions"
    INVITATIONS = "invitations"
    PEOPLE = "people"


class RetentionRule(Base):
    """For how many days one kind is kept, where somebody set it otherwise than it is by itself."""

    __tablename__ = "retention_rules"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    kind: Mapped[Keeping] = mapped_column(unique=True)
    days: Mapped[int]


class PurgeRun(Base):
    """One night's work: how much of what went."""

    __tablename__ = "purge_runs"

    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # None: it was broken off, and is made up for the next night
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
