"""Certificates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.codes import new_code
from app.core.db import Base, unique_where
from app.events.models import Registration


class Certificate(Base):
    """A frozen row: what the paper says. The PDF is drawn from it, and nobody edits it; it can only be revoked."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="revoked_with_a_reason"),
        Index("ix_certificates_event_id", "event_id", "number"),
        unique_where("uq_certificates_valid", "registration_id", where="revoked_at IS NULL"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    person_name: Mapped[str]
    event_title: Mapped[str]
    host_name: Mapped[str]  # the issuing body, as the host's seal names it
    from_on: Mapped[date]
    until_on: Mapped[date]
    with_school_notice: Mapped[bool]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoke_reason: Mapped[str | None]

    registration: Mapped[Registration] = relationship()

    @property
    def is_valid(self) -> bool:
        """Whether it still stands."""
        return self.revoked_at is None


class CertificateSeries(Base):
    """The last number a host gave out in a year."""

    __tablename__ = "certificate_series"
    __table_args__ = (UniqueConstraint("host_id", "year", name="uq_certificate_series_host_id"),)

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    year: Mapped[int]
    last: Mapped[int]
