"""Papers that belong to an agreement or a programme."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base

SEALED_FOR = "document"


class Document(Base):
    """A paper as a PDF or a photo, sealed with the server's key: of an agreement, or of a programme.

    Only what is marked as public is on the programme's page.
    """

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("(programme_id IS NULL) <> (agreement_id IS NULL)", name="of_one_thing"),
        CheckConstraint("NOT is_public OR programme_id IS NOT NULL", name="public_of_a_programme"),
    )

    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreements.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"sealed_for": SEALED_FOR})
    is_public: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    added_by: Mapped[User] = relationship()
