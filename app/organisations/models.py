"""Units and who works for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.core.search_keys import Key, initials, pinyin, written

_LONG: dict[str, Any] = {"deferred": True, "deferred_group": "long"}  # only a unit's own page reads it


class OrganisationKind(StrEnum):
    """What a unit does in the exchange."""

    HOST = "host"
    SCHOOL = "school"
    PARTNER = "partner"
    BASE = "base"


class SchoolLevel(StrEnum):
    """Whom a school teaches."""

    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    VOCATIONAL = "vocational"


class MembershipRole(StrEnum):
    """What somebody does for a unit. Administrators and auditors belong to the unit that runs the system."""

    STAFF = "staff"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Organisation(Base):
    """A body that hosts, sends, or lends a place."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("kind IN ('host', 'school', 'partner', 'base')", name="kind"),
        Index("ix_organisations_name_pinyin_id", "name_pinyin", "id"),
        Index("ix_organisations_kind_name_pinyin_id", "kind", "name_pinyin", "id"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[OrganisationKind]
    place: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    contact: Mapped[str] = mapped_column(default="")
    introduction: Mapped[str] = mapped_column(default="", **_LONG)
    logo_digest: Mapped[str | None] = mapped_column(ForeignKey("pictures.digest"))
    seal_keeper: Mapped[str] = mapped_column(default="")  # who keeps the seal
    seal_text: Mapped[str] = mapped_column(default="")  # what is on it: the body that certificates name
    capacity: Mapped[int | None]  # of a base: how many people it takes
    offers: Mapped[str] = mapped_column(default="", **_LONG)  # of a base: what one can do there
    origin: Mapped[str] = mapped_column(default="")  # of a partner: province and county
    levels: Mapped[str] = mapped_column(default="")  # of a school, each between spaces: " primary middle "
    requires_second_factor: Mapped[bool] = mapped_column(default=False)  # of its staff
    created_at: Mapped[datetime]

    name_key: Mapped[str] = mapped_column(Key, index=True)
    name_pinyin: Mapped[str] = mapped_column(Key)
    name_initials: Mapped[str] = mapped_column(Key, index=True)
    short_key: Mapped[str] = mapped_column(Key, default="", index=True)
    short_pinyin: Mapped[str] = mapped_column(Key, default="", index=True)
    short_initials: Mapped[str] = mapped_column(Key, default="", index=True)

    @validates("name")
    def _keep_name_keys(self, _key: str, name: str) -> str:
        self.name_key, self.name_pinyin, self.name_initials = written(name), pinyin(name), initials(name)
        return name

    @validates("short_name")
    def _keep_short_keys(self, _key: str, name: str) -> str:
        self.short_key, self.short_pinyin, self.short_initials = written(name), pinyin(name), initials(name)
        return name

    @property
    def issuer(self) -> str:
        """The body that certificates name: the text on the seal, which is mostly the unit's own name."""
        return self.seal_text or self.name

    @property
    def school_levels(self) -> list[SchoolLevel]:
        """The levels a school teaches, from the youngest pupils on."""
        taught = self.levels.split()
        return [level for level in SchoolLevel if level in taught]


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


class Invitation(Base):
    """A link by which somebody takes a role in a unit: once, for a week, unless it is taken back."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('staff', 'manager', 'auditor', 'administrator')", name="role"),
        CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_end"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[MembershipRole]
    name: Mapped[str]
    nonce: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])

    def is_open(self, at: datetime) -> bool:
        """Return whether it can still be accepted."""
        return self.accepted_at is None and self.revoked_at is None and at < self.ends_at
