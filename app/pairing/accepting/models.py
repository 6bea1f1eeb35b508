"""What families answered about a pair, the contact data they agreed to share, and who is no longer of a pair."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.pairing.models import Pair, PairingMember
from app.pairing.states import PairAnswer
from app.people.consents.models import Guardian, Strength

SEALED_FOR = "pair contact"


class GivenAnswer(Base):
    """One answer about one pair: the youth's own where ``guardian_id`` is None. A later one takes its place.

    ``reason`` is for the organiser alone, and goes with the row as soon as that was dealt with.
    """

    __tablename__ = "pair_answers"
    __table_args__ = (
        UniqueConstraint("pair_id", "member_id", "guardian_id", name="uq_pair_answers_guardian"),
        unique_where("uq_pair_answers_youth", "pair_id", "member_id", where="guardian_id IS NULL"),
        CheckConstraint("answer IN ('accepted', 'another', 'objected')", name="answer"),
        CheckConstraint("strength IN ('roster_phone', 'called', 'paper', 'unverified')", name="strength"),
        CheckConstraint("strength <> 'called' OR by_id IS NOT NULL", name="called_by_somebody"),
        Index("ix_pair_answers_member_id", "member_id"),
        Index("ix_pair_answers_guardian_id", "guardian_id"),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    answer: Mapped[PairAnswer]
    reason: Mapped[str] = mapped_column(default="")
    strength: Mapped[Strength]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # whose account, or who called; None: by link

    pair: Mapped[Pair] = relationship()
    member: Mapped[PairingMember] = relationship()
    guardian: Mapped[Guardian | None] = relationship()


class PairContact(Base):
    """How the partner may reach somebody, typed for that alone: the row is the agreement, and goes with it.

    ``sealed`` is what was typed, under a key outside the database. A minor's is typed by a guardian.
    """

    __tablename__ = "pair_contacts"
    __table_args__ = (
        CheckConstraint("strength IN ('roster_phone', 'called', 'paper', 'unverified')", name="strength"),
        Index("ix_pair_contacts_guardian_id", "guardian_id"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"), unique=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    sealed: Mapped[str] = mapped_column(info={"sealed_for": SEALED_FOR})
    strength: Mapped[Strength]
    agreed_at: Mapped[datetime]

    member: Mapped[PairingMember] = relationship()


class LeftPair(Base):
    """Somebody was of a pair that families had seen, and is not any more: the pair's history. ``why`` is a word of
    `PairAnswer`, or ``ended``."""

    __tablename__ = "left_pairs"
    __table_args__ = (UniqueConstraint("pair_id", "member_id", name="uq_left_pairs_pair_id"),)

    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"), index=True)
    left_at: Mapped[datetime]
    why: Mapped[str]

    member: Mapped[PairingMember] = relationship()
