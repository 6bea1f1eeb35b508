"""What pairs did together after they were published."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.pairing.models import Pair, PairingRound

MOST = 100_000  # of anything in one entry


class EntryKind(StrEnum):
    """What pairs did: letters on paper, calls, visits, meetings."""

    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"


class Way(StrEnum):
    """Of letters: sent by the side that notes them, or received by it."""

    SENT = "sent"
    RECEIVED = "received"


class JournalEntry(Base):
    """One line of the journal (结对记录): of one pair, or of a class or a whole side in one go (寄出 48 封).

    ``side`` is whose entry it is; ``school`` and ``class_name`` narrow an entry of a side down, "" to nothing. Nothing
    is edited: what was wrong is taken back, stays, and counts no more. Families note without words.
    """

    __tablename__ = "journal_entries"
    __table_args__ = (
        CheckConstraint("kind IN ('letter', 'call', 'visit', 'meeting')", name="kind"),
        CheckConstraint("way IN ('sent', 'received')", name="way"),
        CheckConstraint("(kind = 'letter') = (way IS NOT NULL)", name="letters_have_a_way"),
        CheckConstraint("side BETWEEN 0 AND 99", name="side"),
        CheckConstraint("count BETWEEN 1 AND 100000", name="count"),
        CheckConstraint("NOT is_family OR (pair_id IS NOT NULL AND words = '')", name="families_without_words"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_somebody"),
        Index("ix_journal_entries_round_id", "round_id", "id"),
        Index("ix_journal_entries_round_id_happened_on", "round_id", "happened_on"),
        Index("ix_journal_entries_pair_id", "pair_id", "happened_on", "id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    side: Mapped[int]
    school: Mapped[str] = mapped_column(default="")
    class_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[EntryKind]
    way: Mapped[Way | None]
    count: Mapped[int]
    happened_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    is_family: Mapped[bool] = mapped_column(default=False)
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    round: Mapped[PairingRound] = relationship()
    pair: Mapped[Pair | None] = relationship()
