"""Units and who works for them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, unique_where


class OrganisationKind(StrEnum):
    """What a unit does in the exchange."""

    HOST = "host"
    SCHOOL = "school"
    PARTNER = "partner"
    BASE = "base"


class MembershipRole(StrEnum):
    """What somebody does for a unit. Administrators and auditors belong to the unit that runs the system."""

    STAFF = "staff"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Organisation(Base):
    """A body that hosts, sends, or lends a place."""

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint("kind IN ('host', 'school', 'partner', 'base')", name="kind"),)

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    created_at: Mapped[datetime]


class Membership(Base):
    """Somebody works for a unit, since and until; access ends with it, at once."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('staff', 'manager', 'auditor', 'administrator')", name="role"),
        unique_where("uq_memberships_current", "user_id", "organisation_id", "role", where="ended_at IS NULL"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[MembershipRole]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()
