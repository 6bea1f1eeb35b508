"""What has to be seen to before a trip."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.programmes.models import Document, Programme


class TaskKind(StrEnum):
    """The things that nearly every trip needs, in the order in which they are due, and what is a unit's own."""

    PLAN = "plan"  # 方案
    EMERGENCY_PLAN = "emergency_plan"  # 应急预案
    FILING = "filing"  # 报备
    TRANSPORT = "transport"  # 用车
    INSURANCE = "insurance"  # 保险
    DUTIES = "duties"  # 分工
    OWN = "own"


class TripTask(Base):
    """One thing to see to: until when, by whom, whether it is done; the paper that shows it is one of the programme.

    The day it is due is counted back from the programme's first day, so that it moves with it. Things of the usual
    kinds have the kind's words, a unit's own have a title.
    """

    __tablename__ = "trip_tasks"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('plan', 'emergency_plan', 'filing', 'transport', 'insurance', 'duties', 'own')", name="kind"
        ),
        CheckConstraint("(kind = 'own') = (title <> '')", name="own_title"),
        CheckConstraint("days_before BETWEEN -400 AND 400", name="days_before"),
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
        unique_where("uq_trip_tasks_kind", "programme_id", "kind", where="kind <> 'own'"),
        Index("ix_trip_tasks_programme_id", "programme_id", "id"),
        Index("ix_trip_tasks_document_id", "document_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[TaskKind]
    title: Mapped[str] = mapped_column(default="")
    days_before: Mapped[int]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    programme: Mapped[Programme] = relationship()
    responsible: Mapped[User | None] = relationship(foreign_keys=[responsible_id])
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])
    document: Mapped[Document | None] = relationship()

    @property
    def due_on(self) -> date:
        """The last day for it."""
        return self.programme.starts_on - timedelta(days=self.days_before)

    @property
    def is_done(self) -> bool:
        """Whether somebody has seen to it."""
        return self.done_at is not None

    def is_overdue(self, today: date) -> bool:
        """Return whether it should have been done by now."""
        return not self.is_done and self.due_on < today
