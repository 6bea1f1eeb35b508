"""What a school's desk keeps of its own: claim slips, reminders, codes of classes, years that went by, transfers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.organisations.models import Organisation
from app.people.models import Person


class ClaimSlip(Base):
    """A printed slip with which a pupil, under 14 the guardian, takes over what the school entered: once, the latest
    one only. The database has the nonce and a hash; who has read both cannot say the code."""

    __tablename__ = "claim_slips"
    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),
        CheckConstraint("used_at IS NULL OR voided_at IS NULL", name="one_end"),
        unique_where("uq_claim_slips_open", "person_id", where="used_at IS NULL AND voided_at IS NULL"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    nonce: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    voided_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    school: Mapped[Organisation] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Return whether somebody can still take the pupil over with it."""
        return self.used_at is None and self.voided_at is None and at < self.ends_at


MOST_REMINDERS = 2


class ClassReminder(Base):
    """The parents of a class who had not answered were reminded of an event; twice at most."""

    __tablename__ = "class_reminders"
    __table_args__ = (
        CheckConstraint("number IN (1, 2)", name="twice_at_most"),
        UniqueConstraint("class_id", "event_id", "number", name="uq_class_reminders_class_id"),
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("school_classes.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class RollOver(Base):
    """A school's year went by: classes moved up, the last ones left. ``steps`` says how each was called before."""

    __tablename__ = "roll_overs"
    __table_args__ = (
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        Index("ix_roll_overs_school_id", "school_id", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    key: Mapped[str] = mapped_column(unique=True)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class TransferAnswer(StrEnum):
    """What the old school said."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the school that had asked


class Transfer(Base):
    """转入: a school asks for a pupil of another one. The new school knows what it typed, and not even whether there is
    such a pupil (``person_id`` is empty then), until the old one confirms and loses access."""

    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("answer IN ('confirmed', 'refused', 'withdrawn')", name="answer"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_at"),
        CheckConstraint("from_school_id <> to_school_id", name="two_schools"),
        unique_where("uq_transfers_open", "to_school_id", "name", "born_on", where="answered_at IS NULL"),
        Index("ix_transfers_from_school_id", "from_school_id", "id"),
        Index("ix_transfers_to_school_id", "to_school_id", "id"),
        Index("ix_transfers_person_id", "person_id"),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str]  # as the new school typed it
    born_on: Mapped[date]
    from_school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    to_school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    class_name: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[TransferAnswer | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    person: Mapped[Person | None] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    from_school: Mapped[Organisation] = relationship(foreign_keys=[from_school_id])
    to_school: Mapped[Organisation] = relationship(foreign_keys=[to_school_id])
