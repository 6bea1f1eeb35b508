"""The link by which a partner without accounts looks after its side of a programme."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base
from app.programmes.models import Document, Side


class PartnerLink(Base):
    """A link that opens the pages of one side to whoever has it, until a moment, unless it is closed before.

    ``label`` is whom it was given to. ``sheet_id`` is the stamped summary of the parents' papers that the partner
    keeps. Its code is derived, see `app.core.crypto.derived_code`; the database has only its hash.
    """

    __tablename__ = "partner_links"
    __table_args__ = (
        CheckConstraint("ends_at > made_at", name="ends_later"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
    )

    side_id: Mapped[int] = mapped_column(ForeignKey("sides.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    nonce: Mapped[str]
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)

    side: Mapped[Side] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    sheet: Mapped[Document | None] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Return whether it still opens anything."""
        return self.closed_at is None and at < self.ends_at
