"""The document somebody travels with, and who takes the numbers out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base

SEALED_FOR = "travel document"


class TravelDocument(Base):
    """The travel document of somebody who takes part in a programme, or of a grown-up of its trip, sealed with a key
    outside the database (个人信息保护法 28, 51).

    It is the one exception for numbers of identity cards (DOMAIN rule 3): no page shows it, it goes with the place,
    and thirty days after the end at the latest, see `app.trips.documents.keeping`.
    """

    __tablename__ = "travel_documents"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", name="uq_travel_documents_programme_id"),
        CheckConstraint("(person_id IS NULL) <> (adult_id IS NULL)", name="of_one"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("trip_adults.id", ondelete="CASCADE"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"sealed_for": SEALED_FOR})
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: on a guardian's private page


class DocumentReader(Base):
    """Somebody of the host who may take the numbers out of one programme; there are two at most."""

    __tablename__ = "document_readers"
    __table_args__ = (
        UniqueConstraint("programme_id", "place", name="uq_document_readers_place"),
        UniqueConstraint("programme_id", "user_id", name="uq_document_readers_user_id"),
        CheckConstraint("place IN (1, 2)", name="at_most_two"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    place: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    named_at: Mapped[datetime]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
