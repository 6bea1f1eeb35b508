"""What the organiser's desk remembers: acts on many people at once, notes about somebody, and what was printed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base
from app.events.models.registration import Registration

LONGEST_COMMENT = 500


class BulkVerb(StrEnum):
    """What was done to the people who were ticked."""

    APPROVED = "approved"
    REFUSED = "refused"
    MOVED = "moved"
    CANCELLED = "cancelled"
    ADMITTED = "admitted"  # from the waiting list, now


class BulkAct(Base):
    """One act of staff on several registrations, taken back as one. ``key`` is that of the form: sent twice, it is one.

    ``facts`` are what its sentence needs: how many, who not and why, the reason, where to.
    """

    __tablename__ = "bulk_acts"
    __table_args__ = (
        Index("ix_bulk_acts_event_id", "event_id", "id"),
        CheckConstraint("verb IN ('approved', 'refused', 'moved', 'cancelled', 'admitted')", name="verb"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    verb: Mapped[BulkVerb]
    key: Mapped[str] = mapped_column(unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class BulkActItem(Base):
    """What a registration was before an act, and after it: if it is something else by now, it stays as it is."""

    __tablename__ = "bulk_act_items"
    __table_args__ = (UniqueConstraint("act_id", "registration_id", name="uq_bulk_act_items_act_id"),)

    act_id: Mapped[int] = mapped_column(ForeignKey("bulk_acts.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)

    registration: Mapped[Registration] = relationship()


class RegistrationComment(Base):
    """What staff notes about a registration, for staff alone. One that is taken away is kept out of sight."""

    __tablename__ = "registration_comments"
    __table_args__ = (
        Index("ix_registration_comments_registration_id", "registration_id", "id"),
        CheckConstraint(f"length(words) BETWEEN 1 AND {LONGEST_COMMENT}", name="words"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()
    registration: Mapped[Registration] = relationship()


class ListPrint(Base):
    """A list of an event, or of one slot, that went out on paper or as a file. ``rows`` has a fingerprint of each line
    by registration, so that the next list can say who was added, changed or cancelled since."""

    __tablename__ = "list_prints"
    __table_args__ = (Index("ix_list_prints_event_id", "event_id", "id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    rows: Mapped[dict[str, str]] = mapped_column(JSON)
    printed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    by: Mapped[User] = relationship()
