"""Who takes part in a programme: each side with its own places."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.organisations.models import Organisation

if TYPE_CHECKING:
    from app.programmes.models.programme import Programme


class Side(Base):
    """A district or school that takes part (参与方): a unit with accounts, or a partner district known by name.

    ``accepted`` are the people who were given a place and have not given it back, kept by
    `app.programmes.applications.places`; so the database itself refuses one more than there are places. People are
    recommended and apply from ``opens_at`` until ``closes_at``.
    """

    __tablename__ = "sides"
    __table_args__ = (
        UniqueConstraint("id", "programme_id", name="uq_sides_id"),
        CheckConstraint("(organisation_id IS NULL) = (name <> '')", name="unit_or_name"),
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("accepted BETWEEN 0 AND places", name="accepted_within_places"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        unique_where("uq_sides_organisation", "programme_id", "organisation_id", where="organisation_id IS NOT NULL"),
        unique_where("uq_sides_name", "programme_id", "name", where="name <> ''"),
        Index("ix_sides_organisation_id", "organisation_id", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(default="")  # of a partner district without accounts
    places: Mapped[int]
    accepted: Mapped[int] = mapped_column(default=0)
    contact: Mapped[str] = mapped_column(default="")  # whom to ask there: who looks after its people
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    programme: Mapped["Programme"] = relationship(back_populates="sides")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    quotas: Mapped[list["Quota"]] = relationship(
        back_populates="side", order_by="Quota.id", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.organisation.name if self.organisation else self.name

    @property
    def free(self) -> int:
        """How many places nobody has been given."""
        return self.places - self.accepted

    def is_open(self, at: datetime) -> bool:
        """Return whether people can be recommended and apply."""
        return self.opens_at <= at < self.closes_at


class Quota(Base):
    """How many pupils a school may recommend for a side (名额分配)."""

    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("side_id", "school_id", name="uq_quotas_side_id"),
        CheckConstraint("places > 0", name="places"),
        Index("ix_quotas_school_id", "school_id", "id"),
    )

    side_id: Mapped[int] = mapped_column(ForeignKey("sides.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    places: Mapped[int]

    side: Mapped[Side] = relationship(back_populates="quotas")
    school: Mapped[Organisation] = relationship()
