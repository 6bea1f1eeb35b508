"""Ranked choices over several programmes, where a host has opened a round of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.organisations.models import Organisation
from app.programmes.models.application import Application
from app.programmes.models.programme import Programme

MOST_CHOICES = 3


class ChoiceRound(Base):
    """Programmes of one host that are filled together (志愿): whoever applied for several says which comes first.

    ``seed`` is what decides where the scores are equal. Decided once.
    """

    __tablename__ = "choice_rounds"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        Index("ix_choice_rounds_host_id", "host_id", "id"),
    )

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    closes_at: Mapped[datetime]
    seed: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    host: Mapped[Organisation] = relationship()
    offered: Mapped[list["ChoiceProgramme"]] = relationship(order_by="ChoiceProgramme.id", cascade="all, delete-orphan")

    @property
    def programmes(self) -> list[Programme]:
        """What can be chosen."""
        return [one.programme for one in self.offered]

    def is_open(self, at: datetime) -> bool:
        """Return whether families can still say what comes first."""
        return self.decided_at is None and at < self.closes_at


class ChoiceProgramme(Base):
    """A programme that is filled together with others; of one round at most."""

    __tablename__ = "choice_programmes"

    round_id: Mapped[int] = mapped_column(ForeignKey("choice_rounds.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), unique=True)

    programme: Mapped[Programme] = relationship()


class RankedChoice(Base):
    """As which choice an application counts: the first, second or third of somebody's in a round."""

    __tablename__ = "ranked_choices"
    __table_args__ = (
        UniqueConstraint("application_id", name="uq_ranked_choices_application_id"),
        CheckConstraint(f"rank BETWEEN 1 AND {MOST_CHOICES}", name="rank"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("choice_rounds.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    rank: Mapped[int]
    at: Mapped[datetime]

    application: Mapped[Application] = relationship()
