"""Shifts that change hands."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.codes import new_code
from app.core.db import Base, unique_where
from app.events.models.registration import Registration

_OPEN = "taken_at IS NULL AND withdrawn_at IS NULL"


class ShiftSwap(Base):
    """A volunteer who cannot come offers the own shift, by a link or to all who could take it (换班).

    It lapses when the shift begins. ``taken_by_id`` is the account that took it, ``taken_registration_id`` the place
    that came of it.
    """

    __tablename__ = "shift_swaps"
    __table_args__ = (
        CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name="taken_or_withdrawn"),
        CheckConstraint(
            "(taken_at IS NULL) = (taken_by_id IS NULL) AND (taken_at IS NULL) = (taken_registration_id IS NULL)",
            name="taken_by_somebody",
        ),
        unique_where("uq_shift_swaps_open", "registration_id", where=_OPEN),
        Index("ix_shift_swaps_slot_id", "slot_id", "id"),
    )

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    note: Mapped[str]
    is_for_all: Mapped[bool]
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    taken_registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    withdrawn_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship(foreign_keys=registration_id)
    taken_registration: Mapped[Registration | None] = relationship(foreign_keys=taken_registration_id)
