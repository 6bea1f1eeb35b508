"""What a lottery was drawn from."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class LotteryDraw(Base):
    """The frozen record of a draw, with which anybody draws it again: how many places there were, and of each ticket
    its application number and how many places it needs. A slot has one: nothing is drawn twice."""

    __tablename__ = "lottery_draws"
    __table_args__ = (CheckConstraint("places >= 0", name="places"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), unique=True)
    places: Mapped[int]
    smaller_may_pass: Mapped[bool]
    tickets: Mapped[dict[str, int]] = mapped_column(JSON)
