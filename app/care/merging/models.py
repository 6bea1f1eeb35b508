"""What is remembered of two people who are alike."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class NotDouble(Base):
    """Somebody looked at two people of one name and said that they are two; the one entered first comes first."""

    __tablename__ = "not_doubles"
    __table_args__ = (
        CheckConstraint("person_id < other_id", name="older_first"),
        UniqueConstraint("person_id", "other_id", name="uq_not_doubles_person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
