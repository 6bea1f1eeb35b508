"""Lists that went out, and what stands on a leader's emergency card besides people."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base


class PaperKind(StrEnum):
    """The lists of a trip."""

    ROSTER = "roster"  # 名册
    INSURANCE = "insurance"  # 保险名单
    RIDES = "rides"  # 乘车表
    ROOMS = "rooms"  # 住宿表
    MEALS = "meals"  # 用餐人数: numbers alone
    EMERGENCY = "emergency"  # 应急联系卡
    BADGES = "badges"  # 胸牌


class TripPrint(Base):
    """A list that went out, on paper or as a file.

    ``version`` are eight digits that stand for all it said; ``lines`` have for each traveller (``"p12"``: a person,
    ``"a3"``: a grown-up) group, bus and room by their numbers, and a keyed hash of the rest: no words and no names.
    """

    __tablename__ = "trip_prints"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('roster', 'insurance', 'rides', 'rooms', 'meals', 'emergency', 'badges')", name="kind"
        ),
        Index("ix_trip_prints_programme_id", "programme_id", "kind", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[PaperKind]
    version: Mapped[str]
    lines: Mapped[dict[str, Any]] = mapped_column(JSON)
    printed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    by: Mapped[User] = relationship()


class TripEmergency(Base):
    """What the organiser types for the emergency card: whom to call, which hospital, which insurance."""

    __tablename__ = "trip_emergencies"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), unique=True)
    on_duty: Mapped[str] = mapped_column(default="")  # who answers day and night
    protection: Mapped[str] = mapped_column(default="")  # the named contact for the protection of minors
    hospital: Mapped[str] = mapped_column(default="")
    insurance: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
