"""A list that a school entered at once, and what it did to each pupil, so that it can be taken back as one step."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.people.models import Person, SchoolClass

SEALED_FOR = "roster"  # see core.crypto


class Effect(StrEnum):
    """What a line of a roster did, or will do."""

    NEW = "new"
    SAME = "same"  # is here as the line says
    CHANGED = "changed"
    UNCLEAR = "unclear"  # somebody has to say who is meant
    WRONG = "wrong"
    LEFT_OUT = "left_out"


class RosterImport(Base):
    """A list that was entered; ``key`` makes a double tap one list."""

    __tablename__ = "roster_imports"
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("school_classes.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    entered: Mapped[int]
    changed: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    school_class: Mapped[SchoolClass] = relationship()
    items: Mapped[list["RosterItem"]] = relationship(order_by="RosterItem.id")


class RosterItem(Base):
    """What a list did to one pupil. ``before`` is sealed, and goes with the pupil, or once it cannot be taken back."""

    __tablename__ = "roster_items"
    __table_args__ = (
        CheckConstraint("effect IN ('new', 'changed')", name="effect"),
        UniqueConstraint("import_id", "person_id", name="uq_roster_items_import_id"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("roster_imports.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    effect: Mapped[Effect]
    before: Mapped[str] = mapped_column(default="", info={"sealed_for": SEALED_FOR, "sealed_where": "before <> ''"})

    person: Mapped[Person] = relationship()
