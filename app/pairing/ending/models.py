"""How pairs end, and who was put in for whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.pairing.models import Pair, PairingMember


class PairEnding(Base):
    """The end of a pair. In time (``is_early`` not set) its people stay in it, and were partners; ended early they are
    free. The reason is the organiser's alone; who took it back lets the pair go on."""

    __tablename__ = "pair_endings"
    __table_args__ = (
        CheckConstraint("NOT is_early OR reason <> ''", name="early_with_a_reason"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_somebody"),
        unique_where("uq_pair_endings_current", "pair_id", where="taken_back_at IS NULL"),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"), index=True)
    ended_on: Mapped[date]
    is_early: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    pair: Mapped[Pair] = relationship()


class PairSubstitution(Base):
    """Somebody left a pair, and somebody else came (换人): with the partner who stays that is a new pair, about which
    families are asked as about any; ``new_pair_id`` is None while nobody came, and where a group went on. Who came is
    ``came_id``, None where nobody did and where it was not written down yet. Why is the organiser's alone."""

    __tablename__ = "pair_substitutions"
    __table_args__ = (CheckConstraint("new_pair_id <> pair_id", name="another_pair"),)

    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"), index=True)
    left_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"), index=True)
    new_pair_id: Mapped[int | None] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"), index=True)
    came_id: Mapped[int | None] = mapped_column(ForeignKey("pairing_members.id", ondelete="SET NULL"), index=True)
    happened_on: Mapped[date]
    reason: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    pair: Mapped[Pair] = relationship(foreign_keys=[pair_id])
    new_pair: Mapped[Pair | None] = relationship(foreign_keys=[new_pair_id])
    left: Mapped[PairingMember] = relationship(foreign_keys=[left_id])
    came: Mapped[PairingMember | None] = relationship(foreign_keys=[came_id])
