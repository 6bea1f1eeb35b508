"""What happens at the door."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base
from app.events.models import Event, Registration


class Device(Base):
    """A phone at the gate of one event. Its token is shown to it once; here lies only the fingerprint."""

    __tablename__ = "devices"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    opened_by: Mapped[User] = relationship()


class Source(StrEnum):
    """How a scan came about."""

    CAMERA = "camera"
    PHOTO = "photo"
    TYPED = "typed"
    LOOKUP = "lookup"
    STAFF = "staff"


class Verdict(StrEnum):
    """What the door was told. Named, so that a phone and a report mean the same."""

    ARRIVED = "arrived"
    ALREADY = "already"
    DESK = "desk"
    UNKNOWN = "unknown"
    OTHER_EVENT = "other_event"
    OTHER_TIME = "other_time"
    CANCELLED = "cancelled"


COUNTS = frozenset({Verdict.ARRIVED, Verdict.ALREADY})


class Scan(Base):
    """What was reported from the door. Written once; the database refuses to change it.

    ``key`` is a UUID that the phone made before its first attempt. ``happened_at`` is the phone's time put right by
    its clock's offset, ``received_at`` the server's.
    """

    __tablename__ = "scans"
    __table_args__ = (
        CheckConstraint("source IN ('camera', 'photo', 'typed', 'lookup', 'staff')", name="source"),
        CheckConstraint("(device_id IS NULL) <> (user_id IS NULL)", name="by_one"),
        UniqueConstraint("device_id", "key", name="uq_scans_device_id"),
        Index("ix_scans_registration_id", "registration_id", "received_at"),
    )

    key: Mapped[UUID]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    source: Mapped[Source]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    verdict: Mapped[Verdict]


class CorrectionKind(StrEnum):
    """What staff say was true."""

    PRESENT = "present"
    ABSENT = "absent"


class Correction(Base):
    """What staff put right afterwards, who, when and why. Written once as well."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("kind IN ('present', 'absent')", name="kind"),
        CheckConstraint("(kind = 'present') = (arrived_at IS NOT NULL)", name="present_since"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    kind: Mapped[CorrectionKind]
    arrived_at: Mapped[datetime | None]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Attendance(Base):
    """Who was there: always what `app.checkin.attendance.arrival` makes of the scans and corrections."""

    __tablename__ = "attendances"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    arrived_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
