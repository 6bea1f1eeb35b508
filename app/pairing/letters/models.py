"""Open letters between pairs, who hands them on, and whom one turns to."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.pairing.models import Pair, PairingRound
from app.people.models import Person

SEALED_FOR = "pair letter"
SILENT_DAYS = 30


class Aftercare(Base):
    """What holds for a round after it is published: the protection contact, and after how many days a pair without a
    letter or an entry is a matter for the teachers (0: never). A round without a row has the defaults, and no letters.
    """

    __tablename__ = "pairing_aftercare"
    __table_args__ = (CheckConstraint("silent_days BETWEEN 0 AND 365", name="silent_days"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"), unique=True)
    protection_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    silent_days: Mapped[int] = mapped_column(default=SILENT_DAYS)

    round: Mapped[PairingRound] = relationship()
    protection: Mapped[User | None] = relationship()


class LetterReader(Base):
    """A teacher to whom the letters of a side come first; ``school`` and ``class_name`` narrow it down, "" to nothing.

    ``checked_on`` is when 违法犯罪记录 were looked up, ``checked_by`` who did (未成年人保护法 62).
    """

    __tablename__ = "letter_readers"
    __table_args__ = (
        UniqueConstraint("round_id", "side", "school", "class_name", name="uq_letter_readers_round_id"),
        CheckConstraint("side BETWEEN 0 AND 99", name="side"),
        CheckConstraint("(checked_on IS NULL) = (checked_by = '')", name="checked_by_somebody"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"))
    side: Mapped[int]
    school: Mapped[str] = mapped_column(default="")
    class_name: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")

    round: Mapped[PairingRound] = relationship()
    user: Mapped[User] = relationship()


class LetterState(StrEnum):
    """A draft is its writer's alone; one with the teacher is read and handed on, or returned with a kind word."""

    DRAFT = "draft"
    WITH_TEACHER = "with_teacher"
    HANDED_ON = "handed_on"
    RETURNED = "returned"


class OpenLetter(Base):
    """A letter to one's partner, handed on by a teacher. What it says is sealed, and so is the teacher's kind word.

    Once it is handed on nobody but writer, reader and their families opens it, but for `LetterOpening`.
    """

    __tablename__ = "open_letters"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'with_teacher', 'handed_on', 'returned')", name="state"),
        CheckConstraint("person_id <> reader_id", name="to_somebody_else"),
        CheckConstraint(
            "state = 'draft' OR (sent_at IS NOT NULL AND teacher_id IS NOT NULL)", name="sent_to_a_teacher"
        ),
        CheckConstraint("(state = 'handed_on') = (handed_on IS NOT NULL)", name="handed_on"),
        unique_where(
            "uq_open_letters_draft", "pair_id", "person_id", "reader_id", "typed_by_id", where="state = 'draft'"
        ),
        Index("ix_open_letters_pair_id", "pair_id", "id"),
        Index("ix_open_letters_teacher_id", "teacher_id", "state", "id"),
        Index("ix_open_letters_person_id", "person_id", "id"),
        Index("ix_open_letters_reader_id", "reader_id", "id"),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    writer_id: Mapped[int] = mapped_column("person_id", ForeignKey("people.id"))  # whose letter it is
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[LetterState]
    words: Mapped[str] = mapped_column(info={"sealed_for": SEALED_FOR})
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_on: Mapped[date | None]  # the day in Asia/Shanghai
    kind_word: Mapped[str | None] = mapped_column(info={"sealed_for": SEALED_FOR})  # why it was returned

    pair: Mapped[Pair] = relationship()
    writer: Mapped[Person] = relationship(foreign_keys=[writer_id])
    reader: Mapped[Person] = relationship(foreign_keys=[reader_id])
    teacher: Mapped[User | None] = relationship(foreign_keys=[teacher_id])


class LetterWorry(Base):
    """「我看了不舒服」: somebody who read a letter turns to the round's protection contact. ``words`` are sealed."""

    __tablename__ = "letter_worries"
    __table_args__ = (CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),)

    letter_id: Mapped[int] = mapped_column(ForeignKey("open_letters.id", ondelete="CASCADE"), unique=True)
    told_at: Mapped[datetime]
    told_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    words: Mapped[str | None] = mapped_column(info={"sealed_for": SEALED_FOR})
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str] = mapped_column(default="")  # what was done, for the desk

    letter: Mapped[OpenLetter] = relationship()


class LetterOpening(Base):
    """An emergency in which staff opened a letter that had been handed on: who, when, why."""

    __tablename__ = "letter_openings"
    __table_args__ = (Index("ix_letter_openings_letter_id", "letter_id", "id"),)

    letter_id: Mapped[int] = mapped_column(ForeignKey("open_letters.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]

    letter: Mapped[OpenLetter] = relationship()
