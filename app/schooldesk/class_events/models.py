"""What parents said by the class's link and the system could not do by itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.people.consents.models import GuardianRelation


class ClassReply(Base):
    """An answer by a class's link that waits for the form teacher: the child was not found by what was typed, or what
    was said is not for a link to do. It names whom the parent named, and goes once somebody has looked at it."""

    __tablename__ = "class_replies"
    __table_args__ = (
        CheckConstraint("relation IN ('mother', 'father', 'guardian', 'carer')", name="relation"),
        Index("ix_class_replies_class_id", "class_id", "event_id", "id"),
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("school_classes.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    child: Mapped[str]  # as it was typed
    signer: Mapped[str]
    relation: Mapped[GuardianRelation]
    takes_part: Mapped[bool]
    at: Mapped[datetime]
