"""Families that take guests of a programme in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.people.models import Person
from app.programmes.models import Programme

SEALED_FOR = "host family"


class Guests(StrEnum):
    """Whom a family takes in."""

    GIRLS = "girls"
    BOYS = "boys"
    ANY = "any"


class HostFamily(Base):
    """A family that takes guests in. Nobody lives there before a second person approved it: the placements lean on
    ``is_approved``, so the database refuses it, too. Any change takes the approval back. Address and phone are sealed.
    """

    __tablename__ = "host_families"
    __table_args__ = (
        UniqueConstraint("id", "is_approved", name="uq_host_families_id"),
        CheckConstraint("guests IN ('girls', 'boys', 'any')", name="guests"),
        CheckConstraint("capacity BETWEEN 1 AND 10", name="capacity"),
        CheckConstraint("(visited_on IS NULL) = (visited_by = '')", name="visited_by_somebody"),
        CheckConstraint("is_approved = (approved_at IS NOT NULL)", name="approved_at"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"),
        CheckConstraint("approved_by_id <> changed_by_id", name="approved_by_a_second_person"),
        CheckConstraint("NOT is_approved OR visited_on IS NOT NULL", name="visited_before_approved"),
        Index("ix_host_families_programme_id", "programme_id", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    name: Mapped[str]
    address: Mapped[str] = mapped_column(info={"sealed_for": SEALED_FOR})
    phone: Mapped[str] = mapped_column(info={"sealed_for": SEALED_FOR})
    guests: Mapped[Guests]
    capacity: Mapped[int]
    remarks: Mapped[str] = mapped_column(default="")
    visited_on: Mapped[date | None]
    visited_by: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_approved: Mapped[bool] = mapped_column(default=False)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    programme: Mapped[Programme] = relationship()
    adults: Mapped[list["HostAdult"]] = relationship(
        back_populates="family", order_by="HostAdult.id", cascade="all, delete-orphan"
    )
    placements: Mapped[list["Placement"]] = relationship(back_populates="family", order_by="Placement.id")


class HostAdult(Base):
    """An adult who lives with a host family; ``checked_on`` and ``checked_by`` say when and by whom 违法犯罪记录 were
    looked up (未成年人保护法 62)."""

    __tablename__ = "host_adults"
    __table_args__ = (CheckConstraint("(checked_on IS NULL) = (checked_by = '')", name="checked_by_somebody"),)

    family_id: Mapped[int] = mapped_column(ForeignKey("host_families.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")

    family: Mapped[HostFamily] = relationship(back_populates="adults")


class Placement(Base):
    """A guest of the programme lives with a family from the first night until the last day. While it lasts it leans on
    the family's approval; ended, on nothing."""

    __tablename__ = "placements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["family_id", "family_is_approved"],
            [HostFamily.id, HostFamily.is_approved],
            name="fk_placements_approved_family",
        ),
        CheckConstraint("family_is_approved", name="only_with_an_approved_family"),
        CheckConstraint("(ended_at IS NULL) = (family_is_approved IS NOT NULL)", name="leans_while_it_lasts"),
        CheckConstraint("leaves_on >= comes_on", name="leaves_after_coming"),
        unique_where("uq_placements_current", "person_id", "programme_id", where="ended_at IS NULL"),
        Index("ix_placements_family_id", "family_id", "id"),
        Index("ix_placements_programme_id", "programme_id", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey(Programme.id))
    family_id: Mapped[int]
    family_is_approved: Mapped[bool | None] = mapped_column(default=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    comes_on: Mapped[date]
    leaves_on: Mapped[date]
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    family: Mapped[HostFamily] = relationship(
        back_populates="placements",
        primaryjoin="Placement.family_id == HostFamily.id",
        foreign_keys="Placement.family_id",
    )
    person: Mapped[Person] = relationship()
