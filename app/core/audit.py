"""Who read or downloaded whose data, when, why (《未成年人网络保护条例》). Written once, never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Moment, db


class AccessEntry(Base):
    """One look at, or one download of, personal data: what kind of record, which, how many people, what for."""

    __tablename__ = "access_entries"

    at: Mapped[datetime] = mapped_column(Moment, index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    action: Mapped[str]
    record: Mapped[str]
    record_id: Mapped[int | None]
    people: Mapped[int]
    purpose: Mapped[str]


def note_access(
    action: str, record: str, record_id: int | None, *, people: int, purpose: str, by: int, at: datetime
) -> None:
    """Write the entry; to be run in a transaction."""
    db.session.add(
        AccessEntry(
            at=at,
            user_id=by,
            action=action,
            record=record,
            record_id=record_id,
            people=people,
            purpose=purpose,
        )
    )
