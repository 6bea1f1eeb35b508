"""What two districts promised each other."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.organisations.models import Organisation
from app.programmes.kinds import ProgrammeKind

if TYPE_CHECKING:
    from app.programmes.models.programme import Programme


class Measure(StrEnum):
    """What a promise is counted in; one in words only is counted by nobody."""

    PROGRAMMES = "programmes"
    PEOPLE = "people"
    WORDS = "words"


class Agreement(Base):
    """A co-operation agreement (合作协议): the own unit and a partner agreed to exchange, from a day until a day.

    The partner is a unit of this system, or known by name. The signed paper is a `Document`.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint("(partner_id IS NULL) = (partner_name <> '')", name="unit_or_name"),
        CheckConstraint("partner_id IS NULL OR partner_id <> host_id", name="two_parties"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_agreements_host_id", "host_id", "ends_on", "id"),
        Index("ix_agreements_ends_on", "ends_on", "id"),
    )

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    partner_name: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    remarks: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reminded_at: Mapped[datetime | None]  # that it ends soon
    settled_at: Mapped[datetime | None]  # somebody said: renewed, or left to end

    host: Mapped[Organisation] = relationship(foreign_keys=[host_id])
    partner: Mapped[Organisation | None] = relationship(foreign_keys=[partner_id])
    promises: Mapped[list["Promise"]] = relationship(order_by="Promise.id", cascade="all, delete-orphan")
    programmes: Mapped[list["Programme"]] = relationship(back_populates="agreement")

    @property
    def partner_title(self) -> str:
        """What the other party is called."""
        return self.partner.name if self.partner else self.partner_name


class Promise(Base):
    """What an agreement promises for each year: in words, and as a number where it can be counted.

    ``kind`` narrows what counts to programmes of one kind.
    """

    __tablename__ = "promises"
    __table_args__ = (
        CheckConstraint("measure IN ('programmes', 'people', 'words')", name="measure"),
        CheckConstraint("(measure = 'words') = (per_year IS NULL)", name="a_number_that_is_counted"),
        CheckConstraint("per_year > 0", name="per_year"),
        CheckConstraint("kind IN ('theme', 'practice', 'volunteering', 'pairing', 'series', 'visit')", name="kind"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    measure: Mapped[Measure]
    per_year: Mapped[int | None]
    kind: Mapped[ProgrammeKind | None]
