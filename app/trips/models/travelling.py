"""What those who travel have in common: a group, a seat, a bed."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.core.db import Base
from app.people.models import Gender


class Travelling(Base):
    """Somebody who travels: in which group, bus and room.

    The room is tied by gender and age together, so the database itself refuses a minor among adults, and a mixed room.
    """

    __abstract__ = True

    gender: Mapped[Gender | None]
    is_minor: Mapped[bool]

    group_id: Mapped[int | None] = mapped_column(ForeignKey("trip_groups.id", ondelete="SET NULL"), index=True)
    bus_id: Mapped[int | None] = mapped_column(ForeignKey("trip_buses.id", ondelete="SET NULL"), index=True)
    room_id: Mapped[int | None] = mapped_column(index=True)


def rules_of_rooms(table: str) -> tuple[SchemaItem, ...]:
    """Return the constraints that keep rooms apart by gender and age."""
    return (
        ForeignKeyConstraint(
            ["room_id", "gender", "is_minor"],
            ["trip_rooms.id", "trip_rooms.gender", "trip_rooms.is_for_minors"],
            name=f"fk_{table}_room",
        ),
        CheckConstraint("room_id IS NULL OR gender IS NOT NULL", name="room_by_gender"),
        CheckConstraint("gender IN ('female', 'male')", name="gender"),
    )
